import { type FaultAction } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { forgetLimits } from '../../../nodes/shared/transport/limiters';
import { chatCalls, numberedItems, runChat, type ChatRun } from '../../engine/chatRun';
import { isBalanced, ledgerOf } from '../../engine/ledger';

const sandbox = useSandbox();

beforeEach(forgetLimits);

const PATH = '/v1/chat/completions';
const failFirst = (action: FaultAction, first = 1) =>
	sandbox.faults.set([{ when: { path: PATH, firstAttempts: first }, do: action }]);

const continuing: ChatRun = { settings: { onError: 'continueRegularOutput' } };

test.each<[string, FaultAction]>([
	['429 with Retry-After in seconds', { status: 429, retryAfter: 1 }],
	['429 with Retry-After as a date', { status: 429, retryAfterDate: 1 }],
	['429 without Retry-After', { status: 429 }],
	['408', { status: 408 }],
	['425', { status: 425 }],
	['500', { status: 500 }],
	["502 with a proxy's page", { html: true }],
	['503', { status: 503 }],
	['504', { status: 504 }],
	['a connection reset before the answer', { reset: 'before' }],
	['a connection reset in the answer', { reset: 'body' }],
	['a truncated answer', { truncate: true }],
	['an empty answer', { empty: true }],
])('a retry hides a fault that passes: %s', async (_, action) => {
	failFirst(action);
	const result = await runChat(sandbox);
	expect(result.error).toBeUndefined();
	expect(result.items[0].json.text).toEqual(expect.any(String));
	expect(chatCalls(sandbox)).toHaveLength(2);
	const { paid, told } = ledgerOf(result, chatCalls(sandbox));
	expect(told).toBeCloseTo(paid, 9);
});

test.each<[string, FaultAction, string]>([
	['402', { status: 402, message: 'Payment required' }, 'Payment required'],
	['403 without the scope', { status: 403, message: 'Missing scope model:chat' }, 'Missing scope'],
	['413', { status: 413 }, 'Too Large'],
	[
		'429 for a spent quota',
		{ status: 429, message: "Free-tier limit: You've reached your free limit for the hour" },
		'Free-tier limit',
	],
	['429 that asks to wait an hour', { status: 429, retryAfter: 3600 }, 'Too Many Requests'],
])('a refusal that would come again is not retried: %s', async (_, action, message) => {
	failFirst(action, 10);
	const { items } = await runChat(sandbox, continuing);
	expect(items[0].json.error).toMatchObject({ message: expect.stringContaining(message) });
	expect(chatCalls(sandbox)).toHaveLength(1);
});

test("a request beyond the rate limit is retried until 'Max Wait for Rate Limit' is over, however often", async () => {
	failFirst({ status: 429 }, 6);
	const { items } = await runChat(sandbox, {
		...continuing,
		fields: { options: { maxRetries: 0 } },
	});
	expect(items[0].json.error).toBeUndefined();
	expect(chatCalls(sandbox)).toHaveLength(7);

	failFirst({ status: 429 }, 10);
	sandbox.requestLog.clear();
	const impatient = { options: { maxRateLimitWait: 0 } };
	const { items: failed } = await runChat(sandbox, { ...continuing, fields: impatient });
	expect(failed[0].json.error).toMatchObject({ httpStatus: 429 });
	expect(chatCalls(sandbox)).toHaveLength(1);
});

test("a request is retried as often as 'Max Retries' says, and then fails with its last error", async () => {
	failFirst({ status: 503, message: 'Overloaded' }, 10);
	const { items } = await runChat(sandbox, {
		...continuing,
		fields: { options: { maxRetries: 2 } },
	});
	expect(items[0].json.error).toMatchObject({ message: 'Overloaded', httpStatus: 503 });
	expect(chatCalls(sandbox)).toHaveLength(3);
});

test.each<[string, FaultAction]>([
	['in seconds', { status: 429, retryAfter: 1 }],
	['as a date', { status: 429, retryAfterDate: 2 }],
])('a single 429 with Retry-After %s delays its own item only', async (_, refused) => {
	sandbox.faults.set([{ when: { path: PATH, nth: [1] }, do: refused }]);
	const { items } = await runChat(sandbox, {
		items: numberedItems(8),
		messages: '=Say {{ $json.number }}',
		fields: { options: { itemsInParallel: 2 } },
	});
	const calls = chatCalls(sandbox);
	const refusal = calls.find(({ status }) => status === 429)!;
	const again = calls.filter(({ body }) => JSON.stringify(body) === JSON.stringify(refusal.body));
	expect(items).toHaveLength(8);
	expect(again).toHaveLength(2);
	expect(calls.at(-1)).toBe(again[1]);
});

test('Retry-After of an overloaded API delays the whole run, not only the item that got it', async () => {
	const refused = { status: 503, retryAfter: 2 };
	sandbox.faults.set([{ when: { path: PATH, nth: [1] }, do: refused }]);
	await runChat(sandbox, {
		items: numberedItems(30),
		messages: '=Say {{ $json.number }}',
		fields: { options: { itemsInParallel: 2 } },
	});
	const calls = chatCalls(sandbox).map(({ body }) => JSON.stringify(body));
	expect(calls).toHaveLength(31);
	// Delayed alone, the refused item would be sent last.
	expect(calls.lastIndexOf(calls[0])).toBeLessThan(10);
});

test('an item that the API asks to wait for an hour fails at once and delays no other', async () => {
	const refusal = { status: 429, retryAfter: 3600 };
	sandbox.faults.set([
		{ when: { path: PATH, contains: 'Say 0' }, do: refusal },
		{ when: { path: PATH, contains: 'Say 1' }, do: { ...refusal, status: 503 } },
	]);
	const { items } = await runChat(sandbox, {
		...continuing,
		items: numberedItems(6),
		messages: '=Say {{ $json.number }}',
	});
	expect(items.map(({ json }) => (json.error as { httpStatus: number })?.httpStatus)).toEqual([
		...[429, 503],
		...Array<undefined>(4).fill(undefined),
	]);
	expect(chatCalls(sandbox)).toHaveLength(6);
});

test('with faults at random, every item arrives in order and is paid for once', async () => {
	sandbox.faults.set([
		{ when: { path: PATH, rate: 0.1 }, do: { status: 500 } },
		{ when: { path: PATH, rate: 0.1, firstAttempts: 1 }, do: { reset: 'before' } },
	]);
	const { items, error } = await runChat(sandbox, {
		items: numberedItems(100),
		messages: '=Say number {{ $json.number }}',
	});
	expect(error).toBeUndefined();
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: 100 }, (_, item) => ({ item })),
	);
	expect(chatCalls(sandbox).length).toBeGreaterThan(100);
	expect(sandbox.requestLog.paidCalls).toBe(100);
});

describe('fallback models', () => {
	const withFallback = (run: ChatRun = {}): ChatRun => ({
		...run,
		fields: {
			options: { fallbackModels: ['gemini-1.5-flash', 'google/gemini-2.5-flash'], maxRetries: 0 },
			...run.fields,
		},
	});

	test('fallback models answer when the chosen one is gone, and the item says so', async () => {
		const { items } = await runChat(sandbox, withFallback({ model: 'openai/retired' }));
		expect(items[0].json).toMatchObject({
			model: 'gemini-1.5-flash',
			fallback: { insteadOf: 'openai/retired', reason: expect.any(String), droppedParameters: [] },
		});
	});

	test('fallback models answer when the chosen one stays overloaded, the next when that is too', async () => {
		sandbox.faults.set([
			{ when: { path: PATH, model: 'openai/gpt-4o-mini' }, do: { status: 503 } },
			{ when: { path: PATH, model: 'gemini-1.5-flash' }, do: { status: 503, message: 'Busy' } },
		]);
		const { items } = await runChat(sandbox, withFallback());
		expect(items[0].json).toMatchObject({
			model: 'google/gemini-2.5-flash',
			fallback: { insteadOf: 'openai/gpt-4o-mini', reason: 'Busy' },
		});
	});

	test('fallback models are asked without the parameters that they do not know', async () => {
		const { items } = await runChat(
			sandbox,
			withFallback({ model: 'openai/retired', modelParameters: { seed: 7, temperature: 0.5 } }),
		);
		expect(chatCalls(sandbox)[1].body).toMatchObject({
			model: 'gemini-1.5-flash',
			temperature: 0.5,
		});
		expect(chatCalls(sandbox)[1].body).not.toHaveProperty('seed');
		expect(items[0].json.fallback).toMatchObject({ droppedParameters: ['seed'] });
	});

	test('fallback models are not asked after a refusal that would come again', async () => {
		failFirst({ status: 400, message: 'Bad field' }, 10);
		const { error } = await runChat(sandbox, withFallback());
		expect(error?.message).toBe('Bad field');
		expect(chatCalls(sandbox)).toHaveLength(1);
	});
});

test("once a run has spent its 'Cost Limit', the remaining items fail unsent", async () => {
	const one = await runChat(sandbox);
	const { usd } = one.items[0].json.cost as { usd: number };
	sandbox.requestLog.clear();
	const { items } = await runChat(sandbox, {
		...continuing,
		items: numberedItems(6),
		fields: { options: { costLimit: usd * 2.5, itemsInParallel: 1 } },
	});
	expect(items.map(({ json }) => ('error' in json ? 'failed' : 'answered'))).toEqual([
		...['answered', 'answered', 'answered'],
		...['failed', 'failed', 'failed'],
	]);
	expect(items[3].json.error).toMatchObject({
		message: expect.stringContaining('The cost limit of'),
		description: expect.stringContaining('was not sent'),
	});
	expect(chatCalls(sandbox)).toHaveLength(3);
});

test("the cost of a lost answer counts toward 'Cost Limit', which is checked before the retry", async () => {
	failFirst({ truncate: true }, 10);
	const { items } = await runChat(sandbox, {
		...continuing,
		fields: { options: { costLimit: 0.0000001, maxRetries: 3 } },
	});
	expect(chatCalls(sandbox)).toHaveLength(1);
	expect(items[0].json.error).toMatchObject({
		message: expect.stringContaining('The cost limit of'),
		cost: { usd: chatCalls(sandbox)[0].usd },
	});
});

test('an error that stops the workflow has the cost of the run, since its items are lost', async () => {
	sandbox.faults.set([{ when: { path: PATH, contains: 'Say 1' }, do: { status: 400 } }]);
	const result = await runChat(sandbox, {
		items: numberedItems(2),
		messages: '=Say {{ $json.number }}',
		fields: { options: { itemsInParallel: 1 } },
	});
	const { paid, told } = ledgerOf(result, chatCalls(sandbox));
	expect(paid).toBeGreaterThan(0);
	expect(told).toBeCloseTo(paid, 9);
});

test('an error that stops the workflow says how many other items were in progress', async () => {
	sandbox.faults.set([
		{ when: { path: PATH, contains: 'Say 0' }, do: { status: 400, delayMs: 300 } },
		{ when: { path: PATH }, do: { delayMs: 1500 } },
	]);
	const result = await runChat(sandbox, {
		items: numberedItems(5),
		messages: '=Say {{ $json.number }}',
		fields: { options: { itemsInParallel: 3 } },
	});
	expect(result.error?.description).toContain(
		'2 other items were in progress and may have been charged',
	);
	expect(chatCalls(sandbox)).toHaveLength(3);
	expect(isBalanced(ledgerOf(result, chatCalls(sandbox)))).toBe(true);
});

test.each<[string, FaultAction]>([
	['answers 500', { status: 500 }],
	['answers 401', { status: 401 }],
	['answers 404', { status: 404 }],
	['answers with a page', { html: true, status: 200 }],
	['hangs up', { reset: 'before' }],
])('a catalog that %s is not requested by each item and fails none', async (_, fault) => {
	sandbox.faults.set([{ when: { path: '/v1/models' }, do: fault }]);
	const { items } = await runChat(sandbox, {
		items: numberedItems(30),
		messages: '=Say {{ $json.number }}',
		modelParameters: { temperature: 0.5 },
	});
	expect(items.filter(({ json }) => typeof json.text === 'string')).toHaveLength(30);
	const asked = sandbox.requestLog.calls.filter(({ path }) => path === '/v1/models');
	expect(asked.length).toBeLessThanOrEqual(2);
});

test('a rate-limited catalog delays no item and is requested once', async () => {
	const refused = { status: 429, retryAfter: 60 };
	sandbox.faults.set([{ when: { path: '/v1/models' }, do: refused }]);
	const { items } = await runChat(sandbox, {
		items: numberedItems(30),
		messages: '=Say {{ $json.number }}',
		modelParameters: { temperature: 0.5 },
	});
	expect(items).toHaveLength(30);
	expect(sandbox.requestLog.calls.filter(({ path }) => path === '/v1/models')).toHaveLength(1);
	expect(chatCalls(sandbox)).toHaveLength(30);
});
