import { ERROR_MESSAGES, type FaultRule } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { call, chat, read, until } from './client';

const sandbox = useSandbox({ chunkDelayMs: 0 });

const unavailable = { status: 503 };

/** Statuses of one request after the other under these rules. */
async function statusesOf(rules: FaultRule[], requests: object[]): Promise<number[]> {
	sandbox.faults.set(rules);
	const statuses = [];
	for (const request of requests) statuses.push((await call(sandbox, request)).status);
	return statuses;
}

const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('the condition of a rule', () => {
	test('a rule matches requests by path, method, model and text', async () => {
		const cases: Array<[FaultRule['when'], boolean]> = [
			[undefined, true],
			[{ path: '/v1/chat/completions' }, true],
			[{ path: '/v1/chat' }, false],
			[{ method: 'post' }, true],
			[{ method: 'GET' }, false],
			[{ model: 'openai/gpt-4o-mini' }, true],
			[{ model: 'gpt-4o' }, false],
			[{ contains: 'Hello' }, true],
			[{ contains: 'Goodbye' }, false],
			[{ contains: 'Hello', model: 'gpt-4o' }, false],
		];
		for (const [when, meets] of cases) {
			const [status] = await statusesOf([{ when, do: unavailable }], [chat('Hello')]);
			expect([when, status]).toEqual([when, meets ? 503 : 200]);
		}
	});

	test('a rule applies to the nth of its matches', async () => {
		const rules = [{ when: { contains: 'Hello', nth: [2, 4] }, do: unavailable }];
		const requests = [chat('Hello'), chat('Other'), ...repeat(3, chat('Hello'))];
		expect(await statusesOf(rules, requests)).toEqual([200, 200, 503, 200, 503]);
		const single = [{ when: { nth: 1 }, do: unavailable }];
		expect(await statusesOf(single, repeat(2, chat('Hello')))).toEqual([503, 200]);
	});

	test('a rule applies to the first attempts of each body', async () => {
		const rules = [{ when: { firstAttempts: 2 }, do: unavailable }];
		const requests = [chat('A'), chat('B'), chat('A'), chat('A'), chat('B'), chat('B')];
		expect(await statusesOf(rules, requests)).toEqual([503, 503, 503, 200, 503, 200]);
	});

	test('a rule applies to a share of the requests, the same under the same seed', async () => {
		const rules = [{ when: { rate: 0.3 }, do: unavailable }];
		const requests = Array.from({ length: 80 }, (_, index) => chat(`Number ${index}`));
		const first = await statusesOf(rules, requests);
		const failed = first.filter((status) => status === 503).length;
		expect(failed).toBeGreaterThan(12);
		expect(failed).toBeLessThan(40);
		expect(await statusesOf(rules, requests)).toEqual(first);
	});

	test('only the first rule that matches applies', async () => {
		const rules = [{ when: { nth: 1 }, do: { status: 502 } }, { do: { status: 504 } }];
		expect(await statusesOf(rules, repeat(2, chat('Hello')))).toEqual([502, 504]);
	});
});

describe('a fault instead of an answer, without charge', () => {
	afterEach(() => {
		expect(sandbox.requestLog.usd).toBe(0);
		expect(sandbox.requestLog.calls[0].fault).toBeDefined();
	});

	test('a fault answers with a status in the error shape with the documented message', async () => {
		sandbox.faults.set([{ do: { status: 500 } }]);
		const { status, body } = await call(sandbox, chat('Hello'));
		expect(status).toBe(500);
		expect(body).toMatchObject({ message: 'Internal server error', statusCode: 500 });
	});

	test('a fault answers with a 429 whose statusCode is a string, as documented', async () => {
		sandbox.faults.set([{ do: { status: 429 } }]);
		const { body } = await call(sandbox, chat('Hello'));
		expect(body).toMatchObject({ message: 'Too Many Requests', statusCode: '429' });
	});

	test('a fault answers with the 429 of a spent quota', async () => {
		sandbox.faults.set([{ do: { status: 429, message: ERROR_MESSAGES.freeTierLimit } }]);
		const { status, body } = await call(sandbox, chat('Hello'));
		expect(status).toBe(429);
		expect(body.message).toMatch(/^Free-tier limit: You've reached your free limit for the hour/);
	});

	test('a fault sends headers and Retry-After in seconds', async () => {
		sandbox.faults.set([{ do: { status: 429, retryAfter: 3, headers: { 'x-proxy': 'yes' } } }]);
		const { headers } = await call(sandbox, chat('Hello'));
		expect(headers.get('retry-after')).toBe('3');
		expect(headers.get('x-proxy')).toBe('yes');
	});

	test('a fault sends Retry-After as a date', async () => {
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1));
		sandbox.faults.set([{ do: { status: 503, retryAfterDate: 60 } }]);
		const { headers } = await call(sandbox, chat('Hello'));
		now.mockRestore();
		expect(headers.get('retry-after')).toBe('Thu, 01 Jan 2026 00:01:00 GMT');
	});

	test('a fault sends a text as it is', async () => {
		sandbox.faults.set([{ do: { body: 'upstream timed out', contentType: 'text/plain' } }]);
		const { status, text, headers } = await call(sandbox, chat('Hello'));
		expect([status, text]).toEqual([200, 'upstream timed out']);
		expect(headers.get('content-type')).toMatch('text/plain');
	});

	test('a fault sends an empty body', async () => {
		sandbox.faults.set([{ do: { empty: true } }]);
		const { status, text } = await call(sandbox, chat('Hello'));
		expect([status, text]).toEqual([200, '']);
	});

	test("a fault sends a proxy's HTML page", async () => {
		sandbox.faults.set([{ do: { html: true } }]);
		const { status, text, headers } = await call(sandbox, chat('Hello'));
		expect(status).toBe(502);
		expect(text).toMatch(/^<html>/);
		expect(headers.get('content-type')).toMatch('text/html');
	});

	test('a fault resets the connection', async () => {
		sandbox.faults.set([{ do: { reset: 'before' } }]);
		await expect(call(sandbox, chat('Hello'))).rejects.toMatchObject({
			cause: { code: 'ECONNRESET' },
		});
		expect(sandbox.requestLog.calls[0]).toMatchObject({ status: 0, fault: { reset: 'before' } });
		expect(sandbox.requestLog.calls[0]).not.toHaveProperty('aborted');
	});
});

describe('a fault after the call was processed and charged', () => {
	const paid = () =>
		expect(sandbox.requestLog.calls[0]).toMatchObject({ status: 200, credits: 11 });

	test.each([false, true])(
		'a fault resets the connection in the middle of the body (stream: %s)',
		async (stream) => {
			sandbox.faults.set([{ do: { reset: 'body' } }]);
			await expect(call(sandbox, chat('Hello', { stream }))).rejects.toThrow('terminated');
			paid();
		},
	);

	test('a fault cuts the JSON below valid headers', async () => {
		sandbox.faults.set([{ do: { truncate: true } }]);
		const { status, text, body } = await call(sandbox, chat('Hello'));
		expect(status).toBe(200);
		expect(text).toMatch(/^\{"id":"chatcmpl-/);
		expect(body).toBeUndefined();
		paid();
	});

	test('a fault ends a stream early', async () => {
		sandbox.faults.set([{ do: { truncate: true } }]);
		const { text } = await call(sandbox, chat('Hello', { stream: true }));
		expect(text).toMatch(/^data: \{/);
		expect(text).not.toContain('[DONE]');
		paid();
	});

	test('a fault delays the answer', async () => {
		sandbox.faults.set([{ when: { nth: [1] }, do: { delayMs: 100 } }]);
		const late = call(sandbox, chat('Hello'));
		await until(() => sandbox.requestLog.calls.length === 1);
		const first = await Promise.race([late, call(sandbox, chat('Next'))]);
		expect(first.text).toContain('Next');
		expect((await late).status).toBe(200);
		paid();
	});
});

test('a rule applies to calls without a key and with a wrong one', async () => {
	sandbox.faults.set([{ do: unavailable }]);
	expect((await read(sandbox, '/v1/models', { key: null })).status).toBe(503);
	expect((await call(sandbox, chat('Hello'), { key: 'wrong' })).status).toBe(503);
});
