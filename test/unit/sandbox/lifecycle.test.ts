import { call, chat, openSandbox, until } from './client';

test('the sandbox listens on the loopback interface, on a free port', async () => {
	const [a, b] = await Promise.all([openSandbox(), openSandbox()]);
	expect(a.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(b.url).not.toBe(a.url);
});

test('the sandbox throws when the port is taken', async () => {
	const first = await openSandbox();
	const port = Number(new URL(first.url).port);
	await expect(openSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the sandbox closes at once with delayed answers and slow streams under way', async () => {
	const sandbox = await openSandbox({ latencyMs: 60_000, chunkDelayMs: 60_000 });
	const late = call(sandbox, chat('Hello')).catch(() => 'cut off');
	const slow = call(sandbox, chat('Hello', { stream: true })).catch(() => 'cut off');
	await until(() => sandbox.requestLog.paidCalls === 2);

	await sandbox.close();
	expect(await Promise.all([late, slow])).toEqual(['cut off', 'cut off']);
	await expect(call(sandbox, chat('Hello'))).rejects.toThrow('fetch failed');
});
