import type { Sandbox } from '../../../sandbox';
import { call, chat, openSandbox, read, until } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await openSandbox();
});

const put = async (path: string, body: unknown) =>
	await call(sandbox, typeof body === 'string' ? body : JSON.stringify(body), {
		path,
		method: 'PUT',
		key: null,
	});

test('the control API reads and clears the request log, and is not in it', async () => {
	await call(sandbox, chat('Hello'));
	const { body } = await read(sandbox, '/sandbox/requests', { key: null });
	expect(body).toMatchObject({
		calls: [{ path: '/v1/chat/completions', credits: 11 }],
		paidCalls: 1,
		peakInFlight: { '/v1/chat/completions': 1 },
		usd: 0.0000055,
	});

	const cleared = await read(sandbox, '/sandbox/requests', { method: 'DELETE', key: null });
	expect(cleared.status).toBe(204);
	expect(sandbox.requestLog.calls).toHaveLength(0);
});

test('the control API sets fault rules, but not for itself', async () => {
	expect((await put('/sandbox/faults', [{ do: { status: 503 } }])).status).toBe(204);
	expect((await call(sandbox, chat('Hello'))).status).toBe(503);
	expect((await put('/sandbox/faults', [])).status).toBe(204);
	expect((await call(sandbox, chat('Hello'))).status).toBe(200);
});

test('the control API sets the latency', async () => {
	await put('/sandbox/latency', { ms: 60_000 });
	const late = call(sandbox, chat('Hello')).catch(() => 'cut off');
	await until(() => sandbox.requestLog.calls.length === 1);
	await put('/sandbox/latency', { ms: 0 });
	const other = call(sandbox, chat('Hello')).then(() => 'answered');
	expect(await Promise.race([late, other])).toBe('answered');
});

test('the control API sets and takes away the rate limit', async () => {
	await put('/sandbox/rate', { requestsPerSecond: 1, retryAfter: 'seconds' });
	await call(sandbox, chat('Hello'));
	expect((await call(sandbox, chat('Hello'))).status).toBe(429);
	expect((await put('/sandbox/rate', 'null')).status).toBe(204);
	expect((await call(sandbox, chat('Hello'))).status).toBe(200);
});

test.each([
	['/sandbox/faults', { do: {} }],
	['/sandbox/faults', '[broken'],
	['/sandbox/latency', {}],
	['/sandbox/rate', {}],
])('the control API refuses nonsense for %s', async (path, body) => {
	expect((await put(path, body)).status).toBe(400);
});

test('the control API answers 404 for a control path that does not exist', async () => {
	expect((await read(sandbox, '/sandbox/nowhere')).status).toBe(404);
});
