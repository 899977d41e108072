import { ERROR_MESSAGES, NO_CREDITS_KEY } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { call, chat, openSandbox, read } from './client';

const sandbox = useSandbox();

describe('keys', () => {
	test.each([
		['no key', null],
		['another key', 'something-else'],
	])('the sandbox refuses %s in the documented words and shape', async (_, key) => {
		const { status, body, headers } = await call(sandbox, chat('Hello'), { key });

		expect(status).toBe(401);
		expect(body).toEqual({
			message: ERROR_MESSAGES.invalidKey,
			path: '/v1/chat/completions',
			requestId: headers.get('x-inference-id'),
			statusCode: 401,
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
		});
	});

	test('the sandbox refuses a wrong key before it looks at the body', async () => {
		expect((await call(sandbox, { nonsense: true }, { key: 'wrong' })).status).toBe(401);
	});

	test.each(['/v1/models', '/models', '/api/v1/models', '/model/openai/gpt-4o'])(
		'the sandbox needs no key for %s',
		async (path) => {
			expect((await read(sandbox, path, { key: null })).status).toBe(200);
		},
	);

	test('the sandbox accepts the key of its options', async () => {
		const other = await openSandbox({ apiKey: 'my-own' });
		expect(other.apiKey).toBe('my-own');
		expect((await read(other, '/v2/billing')).status).toBe(200);
		expect((await read(other, '/v2/billing', { key: 'sandbox-key' })).status).toBe(401);
	});
});

describe('balance', () => {
	test('the balance starts at 100 USD and falls by what was charged', async () => {
		expect((await read(sandbox, '/v2/billing')).body).toEqual({
			current_balance: 100,
			currency: 'USD',
		});
		const paid = await call(sandbox, chat('Hello'));
		const { body } = await read(sandbox, '/v2/billing');
		expect(body.current_balance).toBeCloseTo(100 - paid.body.meta.usage.usd_spent, 7);
		expect(body.current_balance).toBeLessThan(100);
	});

	test('the balance endpoint needs a key', async () => {
		expect((await read(sandbox, '/v2/billing', { key: null })).status).toBe(401);
	});

	test('the balance is 0 for the key without credits, whose calls are refused with 403', async () => {
		const { body } = await read(sandbox, '/v2/billing', { key: NO_CREDITS_KEY });
		expect(body.current_balance).toBe(0);

		const refused = await call(sandbox, chat('Hello'), { key: NO_CREDITS_KEY });
		expect(refused.status).toBe(403);
		expect(refused.body.message).toMatch(/^You've run out of credits/);
	});
});

describe('usage', () => {
	test('the usage counts and sums the charged requests', async () => {
		await call(sandbox, chat('Hello'));
		await call(sandbox, chat('Hello', { temperature: 9 }));

		const { body } = await read(sandbox, '/v2/usage?period=24h');
		expect(body).toMatchObject({ api_key_prefix: null, currency: 'USD', requests: 1 });
		expect(body.spend).toBe(sandbox.requestLog.usd);
		expect(Date.parse(body.end) - Date.parse(body.start)).toBe(24 * 3_600_000);
	});

	test.each([
		['neither period nor bounds', ''],
		['a period and bounds', '?period=1h&start=2026-01-01&end=2026-01-02'],
		['a malformed period', '?period=soon'],
		['an end before the start', '?start=2026-01-02&end=2026-01-01'],
		['more than 92 days', '?period=93d'],
	])('the usage endpoint refuses %s', async (_, query) => {
		expect((await read(sandbox, `/v2/usage${query}`)).status).toBe(400);
	});

	test('the usage endpoint accepts a window with bounds', async () => {
		const { body } = await read(sandbox, '/v2/usage?start=2026-01-01&end=2026-01-02');
		expect(body.start).toBe('2026-01-01T00:00:00.000Z');
	});
});
