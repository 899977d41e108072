import type { ApiErrorInfo, ApiErrorKind } from '../../../../nodes/shared/errors/ApiError';
import {
	backOff,
	sendWithRetries,
	shouldFallBack,
	shouldRetry,
	type RetryContext,
} from '../../../../nodes/shared/transport/retry';

const fault = (kind: ApiErrorKind, httpStatus?: number, retryAfter?: number): ApiErrorInfo => ({
	kind,
	httpStatus,
	retryAfter,
	message: '',
	description: '',
});
const free: RetryContext = { charge: 'nothing', retryOnTimeout: false };
const answer: RetryContext = { charge: 'answer', retryOnTimeout: false };
const impatient: RetryContext = { charge: 'answer', retryOnTimeout: true };
const job: RetryContext = { charge: 'job', retryOnTimeout: true };

test.each<[ApiErrorKind, number | undefined, boolean, boolean]>([
	['rateLimited', 429, true, true],
	['unreachable', undefined, true, true],
	['unavailable', 503, true, true],
	['unavailable', 425, true, true],
	['unavailable', 500, true, false],
	['unavailable', 502, true, false],
	['unavailable', 504, true, false],
	['unavailable', 408, true, false],
	['timedOut', undefined, false, false],
	['brokenAnswer', 200, true, false],
	['unsendable', undefined, false, false],
	['tooLarge', undefined, false, false],
	['unauthorized', 401, false, false],
	['noCredits', 403, false, false],
	['forbidden', 403, false, false],
	['notFound', 404, false, false],
	['refused', 400, false, false],
	['quotaSpent', 429, false, false],
	['failed', 200, false, false],
	['unusableAnswer', 200, false, false],
	['costLimit', undefined, false, false],
])(
	'the error %s (%p) is retried: %p, when it may have started a paid job: %p',
	(kind, status, again, asJob) => {
		expect(shouldRetry(fault(kind, status), answer)).toBe(again);
		expect(shouldRetry(fault(kind, status), job)).toBe(asJob);
	},
);

test('a timeout is retried only where it costs nothing or the user allows it', () => {
	const timeout = fault('timedOut');
	expect(shouldRetry(timeout, free)).toBe(true);
	expect(shouldRetry(timeout, impatient)).toBe(true);
	expect(shouldFallBack(timeout, answer)).toBe(false);
	expect(shouldFallBack(timeout, impatient)).toBe(true);
});

test.each<[ApiErrorKind, number | undefined]>([
	['brokenAnswer', undefined],
	['brokenAnswer', 200],
	['unavailable', 408],
	['unavailable', 504],
	['unavailable', 524],
])(
	'the error %s (%p) is retried at most once, since the call may have been charged',
	async (kind, status) => {
		let sent = 0;
		const exchange = async () => {
			sent++;
			return await Promise.resolve({ error: fault(kind, status) });
		};
		const options = { ...answer, maxRetries: 4, maxRateLimitWait: 0, signal: undefined };
		await expect(sendWithRetries(exchange, options)).rejects.toThrow();
		expect(sent).toBe(2);
	},
);

test.each<[ApiErrorKind, number | undefined, boolean, boolean]>([
	['notFound', 404, true, true],
	['rateLimited', 429, true, true],
	['unavailable', 503, true, true],
	['unavailable', 500, true, false],
	['timedOut', undefined, false, false],
	['unsendable', undefined, false, false],
	['refused', 400, false, false],
	['unauthorized', 401, false, false],
	['noCredits', 403, false, false],
	['brokenAnswer', 200, false, false],
])(
	'after %s (%p) a fallback model is asked: %p, for a paid job: %p',
	(kind, status, other, asJob) => {
		expect(shouldFallBack(fault(kind, status), answer)).toBe(other);
		expect(shouldFallBack(fault(kind, status), job)).toBe(asJob);
	},
);

test('a model that is down for long is not asked again, but a fallback model is', () => {
	const outage = fault('unavailable', 503, 301);
	expect(shouldRetry(outage, answer)).toBe(false);
	expect(shouldFallBack(outage, answer)).toBe(true);
	expect(shouldFallBack(outage, job)).toBe(true);
});

test('delays grow, are random, limited and never shorter than Retry-After', () => {
	const waits = [1, 2, 3, 4].map((retry) => backOff(retry, undefined));
	for (const [index, wait] of waits.entries()) {
		expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
		expect(wait).toBeLessThanOrEqual(500 * 2 ** index);
	}
	expect(backOff(50, undefined)).toBeLessThanOrEqual(30_000);
	expect(backOff(1, 7)).toBe(7000);
});
