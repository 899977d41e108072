import type { INode } from 'n8n-workflow';
import { forgetLimits, limiterOf } from '../../../../nodes/shared/transport/limiters';

beforeEach(() => {
	jest.useFakeTimers();
	forgetLimits();
});
afterEach(() => void jest.useRealTimers());

const nodeWith = (id: string | null) =>
	({ credentials: { aimlApi: { id, name: '' } } }) as unknown as INode;

test('nodes with the same credential share a limiter, others do not', () => {
	expect(limiterOf(nodeWith('1'))).toBe(limiterOf(nodeWith('1')));
	expect(limiterOf(nodeWith('1'))).not.toBe(limiterOf(nodeWith('2')));
	expect(limiterOf(nodeWith(null))).not.toBe(limiterOf(nodeWith(null)));
});

test('a limiter is dropped after a minute without a request, but not while one is in flight', async () => {
	const limiter = limiterOf(nodeWith('1'));
	const permit = await limiter.openQueue(1).acquire();
	jest.advanceTimersByTime(90_000);
	expect(limiterOf(nodeWith('1'))).toBe(limiter);
	permit.onSuccess();
	jest.advanceTimersByTime(50_000);
	expect(limiterOf(nodeWith('1'))).toBe(limiter);
	jest.advanceTimersByTime(11_000);
	expect(limiterOf(nodeWith('1'))).not.toBe(limiter);
});

test('a limiter that waits for a Retry-After is kept for the next run', async () => {
	const limiter = limiterOf(nodeWith('1'));
	const queue = limiter.openQueue(20);
	const permits = await Promise.all(Array.from({ length: 10 }, async () => await queue.acquire()));
	for (const permit of permits) permit.onRateLimited(120_000);
	jest.advanceTimersByTime(90_000);
	expect(limiterOf(nodeWith('1'))).toBe(limiter);
	jest.advanceTimersByTime(100_000);
	expect(limiterOf(nodeWith('1'))).not.toBe(limiter);
});

test('a run that has not sent anything yet shares its limiter with the next one', () => {
	const limiter = limiterOf(nodeWith('1'));
	jest.advanceTimersByTime(59_000);
	limiterOf(nodeWith('1')).openQueue(1);
	jest.advanceTimersByTime(59_000);
	expect(limiterOf(nodeWith('1'))).toBe(limiter);
});
