import type { INodeParameters } from 'n8n-workflow';
import { numberedItems, runChat } from '../../engine/chatRun';
import { runChatModel } from '../../engine/chatModelRun';
import { runOperation } from '../../engine/operationRun';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox();

const account = async (operation: string, fields: INodeParameters = {}) =>
	await runOperation(sandbox, { resource: 'account', operation, fields });
const jsonOf = async (operation: string, fields?: INodeParameters) => {
	const { items, error } = await account(operation, fields);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
};
const askedFor = (path: string) =>
	sandbox.requestLog.calls.filter((call) => call.path === path && call.method === 'GET');

describe('the usage by day and model', () => {
	test('each model has an item with its spend, tokens and requests of the day', async () => {
		await runChat(sandbox, { items: numberedItems(3) });
		await runChat(sandbox, { model: 'openai/gpt-4o' });
		const groups = await jsonOf('getUsageDetail', { timeZone: 'Europe/Berlin' });
		expect(groups.map(({ model }) => model).sort()).toEqual([
			'openai/gpt-4o',
			'openai/gpt-4o-mini',
		]);
		const mini = groups.find(({ model }) => model === 'openai/gpt-4o-mini')!;
		expect(mini).toEqual({
			day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
			model: 'openai/gpt-4o-mini',
			spend: expect.any(Number),
			currency: 'USD',
			inputTokens: expect.any(Number),
			outputTokens: expect.any(Number),
			totalTokens: expect.any(Number),
			requests: 3,
			chargedRequests: 3,
			failedRequests: 0,
		});
		const sum = groups.reduce((total, { spend }) => total + Number(spend), 0);
		expect(sum).toBeCloseTo(sandbox.requestLog.usd, 6);
	});

	test('the usage can be grouped by days alone, or by models alone', async () => {
		await runChat(sandbox);
		const [day] = await jsonOf('getUsageDetail', { groupBy: 'day' });
		const [model] = await jsonOf('getUsageDetail', { groupBy: 'model', period: '7d' });
		expect(Object.keys(day)).not.toContain('model');
		expect(Object.keys(model)).not.toContain('day');
	});

	test('a time zone that the API refuses fails with its message', async () => {
		const { error } = await account('getUsageDetail', { timeZone: 'US/Pacific' });
		expect(error?.message).toContain('canonical IANA');
	});
});

describe('the requests of a key', () => {
	test('a request has its cost, tokens and the ID that leads back to workflow, node and item', async () => {
		await runChat(sandbox, { items: numberedItems(2) });
		const requests = await jsonOf('getRequests');
		expect(requests).toHaveLength(2);
		expect(requests.map(({ requestId }) => requestId).sort()).toEqual([
			'n8n:test:1:AI-ML-API:0',
			'n8n:test:1:AI-ML-API:1',
		]);
		expect(requests[0]).toMatchObject({
			status: 'succeeded',
			model: 'openai/gpt-4o-mini',
			cost: { usd: expect.any(Number), credits: expect.any(Number) },
			inferenceId: expect.any(String),
			totalTokens: expect.any(Number),
		});
	});

	test('requests beyond the first page are fetched up to the limit', async () => {
		await runChat(sandbox, { items: numberedItems(120) });
		expect(await jsonOf('getRequests', { returnAll: true })).toHaveLength(120);
		expect(askedFor('/v2/logs')).toHaveLength(2);
		expect(await jsonOf('getRequests', { limit: 5 })).toHaveLength(5);
		expect(askedFor('/v2/logs')).toHaveLength(3);
	});

	test('requests can be filtered by model, status and the beginning of their ID', async () => {
		await runChat(sandbox, { fields: { options: { requestId: 'order-1' } } });
		await runChat(sandbox, { model: 'openai/gpt-4o' });
		const filtered = async (filters: INodeParameters) =>
			(await jsonOf('getRequests', { filters })).map(({ model }) => model);
		expect(await filtered({ model: 'openai/gpt-4o' })).toEqual(['openai/gpt-4o']);
		expect(await filtered({ requestIdStart: 'order-' })).toEqual(['openai/gpt-4o-mini']);
		expect(await filtered({ status: 'failed' })).toEqual([]);
	});

	test('a request of the Chat Model names its node', async () => {
		await runChatModel(sandbox, {}, async (model) => {
			await model.invoke([{ role: 'user', content: 'Hello' }]);
		});
		const [{ requestId }] = await jsonOf('getRequests');
		expect(requestId).toBe('n8n:test:1:Sub-node:0');
	});

	test('an invalid limit is refused before anything is requested', async () => {
		const { error } = await account('getRequests', { limit: 0.5 });
		expect(error?.message).toBe("'Limit' must be a whole number of at least 1");
		expect(askedFor('/v2/logs')).toEqual([]);
	});
});

describe('the transactions of an account', () => {
	test('all pages of charges are read, each charge with its model and inference', async () => {
		await runChat(sandbox, { items: numberedItems(101) });
		const all = await jsonOf('getTransactions', { returnAll: true });
		expect(all).toHaveLength(101);
		expect(askedFor('/v2/billing/transactions')).toHaveLength(2);
		const [first] = all;
		expect(first).toEqual({
			created: expect.any(String),
			direction: 'CHARGE',
			type: 'MODEL_USAGE',
			usd: expect.any(Number),
			credits: expect.any(Number),
			model: 'openai/gpt-4o-mini',
			referenceId: expect.any(String),
		});
	});

	test("transactions can be filtered, and are the API's entries without 'Simplify'", async () => {
		await runChat(sandbox);
		expect(await jsonOf('getTransactions', { filters: { direction: 'TOPUP' } })).toEqual([]);
		const filters = { direction: 'CHARGE', from: '2026-01-01T00:00:00' };
		const [raw] = await jsonOf('getTransactions', { simplify: false, filters });
		expect(raw).toHaveProperty('reference_id');
	});
});

test("the key's item has its scopes, limit and spend, but not the key", async () => {
	await runChat(sandbox);
	const [key] = await jsonOf('getKey');
	expect(key).toMatchObject({
		prefix: 'sandbox-',
		scopes: ['model:chat', 'model:image'],
		limit: { usd: 25, period: 'month' },
		spentThisMonth: sandbox.requestLog.usd,
	});
	expect(JSON.stringify(key)).not.toContain(sandbox.apiKey);
});

test('models have their current speed where the API measured it', async () => {
	await runChat(sandbox);
	const { items } = await runOperation(sandbox, {
		resource: 'model',
		operation: 'getAll',
		fields: { includeSpeed: true, filters: { search: 'gpt-4o' } },
	});
	const speeds = new Map(items.map(({ json }) => [json.id, json.speed]));
	expect(speeds.get('openai/gpt-4o-mini')).toMatchObject({
		endpoint: '/v1/chat/completions',
		firstTokenMs: { p50: 412 },
		tokensPerSecond: { p50: 51.7 },
		durationMs: { p50: 1830 },
	});
	expect(speeds.get('openai/gpt-4o')).toBeNull();
});
