import type { INodeParameters } from 'n8n-workflow';
import { chatCalls, numberedItems, runChat, type ChatRun } from '../../engine/chatRun';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox({ chunkDelayMs: 0 });

const CLAUDE = 'anthropic/claude-opus-4-5';
const GEMINI = 'google/gemini-2.5-flash';

/** A system prompt of about 3000 tokens, a new one for each test, since the sandbox caches it. */
let tests = 0;
const longPrompt = () => `Rule set ${tests++}. ${'Answer in one short sentence. '.repeat(400)}`;

const says = (system: string): INodeParameters =>
	({
		values: [
			{ role: 'system', content: system },
			{ role: 'user', content: '=Say hello to {{ $json.number }}' },
		],
	}) as unknown as INodeParameters;

const run = async (model: string, system: string, more: ChatRun = {}, caching = '5m') =>
	await runChat(sandbox, {
		model,
		messages: says(system),
		fields: { options: { promptCaching: caching } },
		...more,
	});

const bodies = () => chatCalls(sandbox).map(({ body }) => body as Record<string, unknown>);

interface Paid {
	usage: { inputTokens: number; cachedTokens?: number };
	cost: { usd: number; savedUsd?: number };
}

test.each([CLAUDE, GEMINI])(
	'100 items with one long system prompt cost %s at most 35 % of their uncached input',
	async (model) => {
		const items = numberedItems(100);
		const system = longPrompt();
		await run(model, system, { items }, 'off');
		const uncached = sandbox.requestLog.usd;
		sandbox.requestLog.clear();
		const result = await run(model, system, { items });
		expect(result.error).toBeUndefined();
		const paid = result.items.map(({ json }) => json as unknown as Paid);
		expect(paid.map(({ usage }) => (usage.cachedTokens ?? 0) > 0)).toEqual([
			false,
			...Array<boolean>(99).fill(true),
		]);
		expect(sandbox.requestLog.usd).toBeLessThanOrEqual(0.35 * uncached);
		const saved = paid.reduce((sum, { cost }) => sum + (cost.savedUsd ?? 0), 0);
		// The API bills each call in whole credits, half a millionth of a dollar each.
		expect(Math.abs(saved - (uncached - sandbox.requestLog.usd))).toBeLessThan(200 * 5e-7);
	},
);

test('the first of items with the same beginning is sent alone, even if it fails', async () => {
	sandbox.faults.set([{ when: { path: '/v1/chat/completions', nth: 1 }, do: { status: 400 } }]);
	sandbox.setLatency(50);
	const { items } = await run(GEMINI, longPrompt(), {
		items: numberedItems(8),
		settings: { onError: 'continueRegularOutput' },
	});
	const [first, second, ...others] = chatCalls(sandbox);
	expect([first.inFlight, second.inFlight]).toEqual([1, 1]);
	expect(Math.max(...others.map(({ inFlight }) => inFlight))).toBeGreaterThan(1);
	expect(items.filter(({ json }) => 'error' in json)).toHaveLength(1);
	const cached = items.map(({ json }) => (json as unknown as Paid).usage?.cachedTokens);
	expect(cached.filter(Boolean)).toHaveLength(6);
});

test('items that wait for the first one do not block its retry', async () => {
	sandbox.faults.set([{ when: { path: '/v1/chat/completions', nth: 1 }, do: { status: 503 } }]);
	const { items, error } = await run(GEMINI, longPrompt(), {
		items: numberedItems(6),
		fields: { options: { promptCaching: '5m', itemsInParallel: 2 } },
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(6);
});

test('short prompts do not wait for the first one', async () => {
	sandbox.setLatency(50);
	await run(GEMINI, 'Be brief.', { items: numberedItems(4) });
	expect(sandbox.requestLog.peakInFlight['/v1/chat/completions']).toBe(4);
});

test('breakpoints are behind the system prompt and the last message that items share', async () => {
	const values = [
		{ role: 'system', content: 'Be brief.' },
		{ role: 'user', content: 'An example' },
		{ role: 'assistant', content: 'An answer' },
		{ role: 'user', content: 'The question' },
	];
	await runChat(sandbox, {
		model: GEMINI,
		messages: { values } as unknown as INodeParameters,
		fields: { options: { promptCaching: '1h' } },
	});
	const cache_control = { type: 'ephemeral', ttl: '1h' };
	expect(bodies()[0].messages).toEqual([
		{ role: 'system', content: [{ type: 'text', text: 'Be brief.', cache_control }] },
		{ role: 'user', content: [{ type: 'text', text: 'An example' }] },
		{ role: 'assistant', content: [{ type: 'text', text: 'An answer', cache_control }] },
		{ role: 'user', content: [{ type: 'text', text: 'The question' }] },
	]);
});

test("in Anthropic’s form the breakpoint is in the property 'system'", async () => {
	await run(CLAUDE, 'Be brief.', { items: [{ json: { number: 1 } }] });
	const cache_control = { type: 'ephemeral', ttl: '5m' };
	expect(bodies()[0].system).toEqual([{ type: 'text', text: 'Be brief.', cache_control }]);
});

test.each([
	['off', GEMINI],
	['5m', 'openai/gpt-4o-mini'],
])('with %s, the messages for %s are sent without a breakpoint', async (caching, model) => {
	await run(model, 'Be brief.', { items: [{ json: { number: 1 } }] }, caching);
	expect(bodies()[0].messages).toEqual([
		{ role: 'system', content: 'Be brief.' },
		{ role: 'user', content: 'Say hello to 1' },
	]);
});
