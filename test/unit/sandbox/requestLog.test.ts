import type { Sandbox } from '../../../sandbox';
import { call, chat, openSandbox, read, until } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await openSandbox({ chunkDelayMs: 0 });
});

function abortable(): { signal: AbortSignal; abort: () => void } {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}

test('the request log records what came, what was answered and what it cost', async () => {
	const request = chat('Hello');
	const { headers, body } = await call(sandbox, request, {
		path: '/v1/chat/completions?trace=1',
		headers: { 'x-client-request-id': 'mine' },
	});
	expect(sandbox.requestLog.calls).toEqual([
		{
			index: 0,
			at: expect.any(Number),
			method: 'POST',
			path: '/v1/chat/completions',
			model: 'openai/gpt-4o-mini',
			status: 200,
			requestId: headers.get('x-inference-id'),
			clientRequestId: 'mine',
			usd: body.meta.usage.usd_spent,
			credits: body.meta.usage.credits_used,
			tokens: {
				input: body.usage.prompt_tokens,
				output: body.usage.completion_tokens,
				total: body.usage.total_tokens,
			},
			inFlight: 1,
			body: request,
		},
	]);
	expect(sandbox.requestLog.usd).toBe(body.meta.usage.usd_spent);
});

test('the request log has no charge for free and failed calls', async () => {
	await read(sandbox, '/v1/models');
	await read(sandbox, '/v1/nowhere');
	await call(sandbox, chat('Hello', { foo: 1 }));
	await call(sandbox, chat('Hello'), { key: 'wrong' });
	expect(sandbox.requestLog.calls.map(({ status }) => status)).toEqual([200, 404, 400, 401]);
	expect(sandbox.requestLog.paidCalls).toBe(0);
	expect(sandbox.requestLog.usd).toBe(0);
});

test('the request log has the charge and the tokens of a stream', async () => {
	await call(sandbox, chat('Hello', { stream: true }));
	const tokens = { input: 2, output: 8, total: 10 };
	expect(sandbox.requestLog.calls[0]).toMatchObject({ status: 200, credits: 11, tokens });
});

test('the request log adds up without losing a credit', async () => {
	for (let count = 0; count < 3; count++) await call(sandbox, chat('Hello'));
	expect(sandbox.requestLog.usd).toBe(33 / 2_000_000);
	expect(sandbox.requestLog.paidCalls).toBe(3);
});

test('the request log knows the peak in flight of each path', async () => {
	sandbox.setLatency(60_000);
	const { signal, abort } = abortable();
	const pending = [1, 2, 3].map(async () => await call(sandbox, chat('Hello'), { signal }));
	await until(() => sandbox.requestLog.calls.length === 3);
	sandbox.setLatency(0);
	await read(sandbox, '/v2/billing');
	abort();
	await Promise.allSettled(pending);
	expect(sandbox.requestLog.peakInFlight).toEqual({ '/v1/chat/completions': 3, '/v2/billing': 1 });
	expect(sandbox.requestLog.calls.map(({ inFlight }) => inFlight)).toEqual([1, 2, 3, 1]);
});

test('the request log never counts a call as in flight once its answer is there', async () => {
	const worker = async () => {
		for (let count = 0; count < 30; count++) await call(sandbox, chat('Hello'));
	};
	await Promise.all([worker(), worker()]);
	expect(sandbox.requestLog.peakInFlight['/v1/chat/completions']).toBeLessThanOrEqual(2);
});

test('the request log records that the client went away, and keeps the charge', async () => {
	sandbox.setLatency(200);
	const { signal, abort } = abortable();
	const pending = call(sandbox, chat('Hello'), { signal });
	await until(() => sandbox.requestLog.calls[0]?.credits > 0);
	abort();
	await expect(pending).rejects.toThrow();
	await until(() => sandbox.requestLog.calls[0]?.aborted === true);
	expect(sandbox.requestLog.calls[0]).toMatchObject({ aborted: true, status: 0, credits: 11 });
});

test('the request log is empty after clear, and never gives an ID twice', async () => {
	const first = await call(sandbox, chat('Hello'));
	sandbox.requestLog.clear();
	expect(JSON.parse(JSON.stringify(sandbox.requestLog))).toEqual({
		calls: [],
		fetches: [],
		paidCalls: 0,
		peakInFlight: {},
		usd: 0,
	});
	const second = await call(sandbox, chat('Hello'));
	expect(second.body.id).not.toBe(first.body.id);
	expect(sandbox.requestLog.calls[0].index).toBe(0);
});
