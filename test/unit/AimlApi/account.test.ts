import type { INodeParameters } from 'n8n-workflow';
import { ERROR_MESSAGES } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { runChat } from '../../engine/chatRun';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox();

const account = async (operation: string, run: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, { resource: 'account', operation, ...run });
const balance = async (run?: Partial<OperationRun>) => await account('getBalance', run);
const usage = async (fields: INodeParameters, run?: Partial<OperationRun>) =>
	await account('getUsage', { ...run, fields });
const dates = (start: string, end: string) => ({ timeRange: 'dates', start, end });

describe('the balance', () => {
	test('the balance is the rest of the credit in dollars', async () => {
		await runChat(sandbox);
		const { items, error } = await balance();
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: { balance: Number((100 - sandbox.requestLog.usd).toFixed(7)), currency: 'USD' },
				pairedItem: { item: 0 },
			},
		]);
		expect(items[0].json.balance).toBeLessThan(100);
	});

	test("the balance comes as the API's body without 'Simplify'", async () => {
		const { items } = await balance({ fields: { options: { simplify: false } } });
		expect(items[0].json).toEqual({ current_balance: 100, currency: 'USD' });
	});

	test('the balance is read once for each item', async () => {
		const { items } = await balance({ items: [{ json: {} }, { json: {} }] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('the balance is requested again after a 503', async () => {
		sandbox.faults.set([{ when: { path: '/v2/billing', nth: [1] }, do: { status: 503 } }]);
		expect((await balance()).items[0].json.balance).toBe(100);
	});

	test('an answer without a balance is an error', async () => {
		sandbox.faults.set([{ when: { path: '/v2/billing' }, do: { body: '{"currency":"USD"}' } }]);
		expect((await balance()).error).toMatchObject({
			message: 'The answer has no balance',
			description: expect.stringContaining('"currency"'),
		});
	});
});

test.each([
	['chosen from the list', { period: '7d' }, 7 * 24],
	['of any length', { period: 'custom', customPeriod: '36h' }, 36],
	['saved when the field was text', { period: '48h' }, 48],
])('the usage of a period %s has its start and end', async (_, fields, hours) => {
	const { items } = await usage(fields);
	const [start, end] = [items[0].json.start, items[0].json.end].map((at) => Date.parse(String(at)));
	expect((end - start) / 3_600_000).toBe(hours);
});

test('a wrong key stops the workflow with an error that names no model', async () => {
	const { error } = await balance({ credential: { apiKey: 'wrong', url: sandbox.url } });
	expect(error).toMatchObject({
		message: ERROR_MESSAGES.invalidKey,
		description: expect.stringMatching(/^The API key isn't valid\..*HTTP status: 401/),
	});
	expect(error?.description).not.toContain('Model:');
});

describe('the usage', () => {
	test('the usage of a period has its spend and number of requests', async () => {
		await runChat(sandbox);
		const { items, error } = await usage({ period: ' 7D ' });
		expect(error).toBeUndefined();
		const { start, end, ...rest } = items[0].json;
		expect(rest).toEqual({ spend: sandbox.requestLog.usd, currency: 'USD', requests: 1 });
		expect(Date.parse(String(end)) - Date.parse(String(start))).toBe(7 * 24 * 3_600_000);
	});

	test('the usage is that of the last day by default', async () => {
		const { start, end } = (await usage({})).items[0].json;
		expect(Date.parse(String(end)) - Date.parse(String(start))).toBe(24 * 3_600_000);
	});

	test.each([
		['as the editor writes them, in UTC', '2026-07-01T00:00:00', '2026-07-02 12:30:00'],
		['with an offset from UTC', '2026-07-01T03:00:00+03:00', '2026-07-02T10:30:00-02:00'],
		['without a time', '2026-07-01', '2026-07-02T12:30:00Z'],
		[
			'that expressions give',
			"={{ DateTime.fromISO('2026-07-01T02:00:00+02:00') }}",
			"={{ new Date('2026-07-02T12:30:00Z') }}",
		],
	])('the usage between two dates is read from dates %s', async (_, start, end) => {
		const { items, error } = await usage(dates(start, end));
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			start: '2026-07-01T00:00:00.000Z',
			end: '2026-07-02T12:30:00.000Z',
		});
	});

	test("the usage comes as the API's body without 'Simplify'", async () => {
		const { items } = await usage({ period: '1h', simplify: false });
		expect(items[0].json).toHaveProperty('api_key_prefix', null);
	});

	const wrong: Array<[string, INodeParameters, string, string]> = [
		['an empty period', { period: '={{ $json.nope }}' }, "'Period' is empty", '24h'],
		['a period in words', { period: 'soon' }, "'Period' isn't valid: soon", '24h'],
		[
			'a period that is an object',
			{ period: '={{ ({}) }}' },
			"'Period' must be text, but is an object",
			'one field',
		],
		[
			'a date that is a list',
			dates('={{ [{}] }}', '2026-07-01'),
			"'Start' must be text, but is a list",
			'one field',
		],
		['a period of nothing', { period: '0d' }, "'Period' isn't valid: 0d", '24h'],
		['a long period', { period: '93d' }, "'Period' is longer than 92 days", 'several'],
		['no start', dates('={{ $json.nope }}', '2026-07-01'), "'Start' is empty", 'expression'],
		['no end', dates('2026-07-01', '={{ $json.nope }}'), "'End' is empty", 'expression'],
		['words as a date', dates('today', '2026-07-01'), "'Start' isn't a valid date: today", '2026'],
		['exchanged dates', dates('2026-07-02', '2026-07-01'), "'End' is before 'Start'", 'Swap'],
		[
			'dates far apart',
			dates('2026-01-01', '2026-07-01'),
			"The time from 'Start' to 'End' is longer than 92 days",
			'several',
		],
	];

	test.each(wrong)(
		'the usage of %s is refused before it is requested',
		async (_, fields, message, step) => {
			const { error } = await usage(fields);
			expect(error).toMatchObject({ message, description: expect.stringContaining(step) });
			expect(sandbox.requestLog.calls).toHaveLength(0);
		},
	);

	test('an invalid period fails its own item alone, on either branch', async () => {
		const items = ['1h', 'soon', '2h'].map((period) => ({ json: { period } }));
		const fields = { period: '={{ $json.period }}' };
		const onward = await usage(fields, { items, settings: { onError: 'continueRegularOutput' } });
		expect(onward.items.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
		const parted = await usage(fields, { items, settings: { onError: 'continueErrorOutput' } });
		expect(parted.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(parted.errorItems).toMatchObject([
			{ json: { period: 'soon', error: { message: "'Period' isn't valid: soon" } } },
		]);
	});

	test('an answer without a spend is an error', async () => {
		sandbox.faults.set([{ when: { path: '/v2/usage' }, do: { body: '{}' } }]);
		expect((await usage({})).error?.message).toBe('The answer has no spend');
	});
});
