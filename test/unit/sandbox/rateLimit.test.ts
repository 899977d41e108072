import type { Rate } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { call, chat, pause } from './client';

const sandbox = useSandbox();
// The first call takes longest, and would give tokens time to come back.
beforeAll(async () => void (await call(sandbox, chat('Hello'))));

const burst = async (count: number) =>
	await Promise.all(Array.from({ length: count }, async () => await call(sandbox, chat('Hello'))));

/** The answer to a request for which no token is left. */
async function refusal(retryAfter: Rate['retryAfter'], requestsPerSecond = 2) {
	sandbox.setRate({ requestsPerSecond, retryAfter });
	const answers = await burst(3);
	const refused = answers.find(({ status }) => status === 429);
	if (!refused) throw new Error('All requests were taken');
	return refused;
}

test('the rate limit allows a burst of one second and refuses the rest with 429, free of charge', async () => {
	sandbox.setRate({ requestsPerSecond: 2, retryAfter: 'none' });
	const statuses = (await burst(5)).map(({ status }) => status).sort();
	expect(statuses).toEqual([200, 200, 429, 429, 429]);
	expect(sandbox.requestLog.paidCalls).toBe(2);
	expect(sandbox.requestLog.calls.filter(({ fault }) => fault?.status === 429)).toHaveLength(3);
});

test('the rate limit allows requests again as time passes', async () => {
	sandbox.setRate({ requestsPerSecond: 20, retryAfter: 'none' });
	await burst(25);
	await pause(120);
	expect((await call(sandbox, chat('Hello'))).status).toBe(200);
});

test('the rate limit sends Retry-After in seconds', async () => {
	const { headers, body } = await refusal('seconds', 0.25);
	expect(headers.get('retry-after')).toBe('4');
	expect(body.message).toBe('Too Many Requests');
});

test('the rate limit sends Retry-After as a date', async () => {
	const { headers } = await refusal('date');
	expect(String(headers.get('retry-after'))).toMatch(/GMT$/);
});

test('the rate limit can leave Retry-After out', async () => {
	expect((await refusal('none')).headers.get('retry-after')).toBeNull();
});

test('the rate limit allows a number of requests in a period, and again in the next', async () => {
	sandbox.setRate({ requests: 2, perSeconds: 0.3, retryAfter: 'seconds' });
	const statuses = (await burst(3)).map(({ status }) => status).sort();
	expect(statuses).toEqual([200, 200, 429]);
	await pause(350);
	expect((await call(sandbox, chat('Hello'))).status).toBe(200);
});

test('the rate limit allows a number of requests at once, and others when they are answered', async () => {
	sandbox.setRate({ requestsAtOnce: 2, retryAfter: 'none' });
	sandbox.setLatency(50);
	const statuses = (await burst(5)).map(({ status }) => status).sort();
	sandbox.setLatency(0);
	expect(statuses).toEqual([200, 200, 429, 429, 429]);
	expect((await burst(2)).map(({ status }) => status)).toEqual([200, 200]);
});

test('null removes the rate limit', async () => {
	sandbox.setRate({ requestsPerSecond: 1, retryAfter: 'none' });
	sandbox.setRate(null);
	expect((await burst(5)).every(({ status }) => status === 200)).toBe(true);
});
