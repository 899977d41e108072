import { ApiError, type ApiErrorInfo } from '../errors/ApiError';
import type { RateLimiter } from './rateLimiter';
import { pause } from './sleep';

/** Seconds before the first retry of a request, doubled with each; a chance factor spreads them. */
const FIRST_WAIT_SECONDS = 0.5;
const MAX_WAIT_SECONDS = 30;
/** Seconds. The API asks for a longer wait only when a quota is used up or it is down for long. */
const MAX_RETRY_AFTER_SECONDS = 300;

/** What sending a request again could do. */
export interface RetryContext {
	/** It starts a job that is paid for, so that sending it twice may pay twice. */
	startsPaidJob: boolean;
}

/**
 * Whether a request may be sent again after this error.
 *
 * Refusals for the moment and faults of the network: yes. What will be refused again (wrong key, no
 * credits, unknown model, bad request, spent quota), or was answered: no. A request that starts a
 * paid job only if the error proves that nothing was started.
 */
export function shouldRetry(info: ApiErrorInfo, { startsPaidJob }: RetryContext): boolean {
	switch (info.kind) {
		case 'rateLimited':
		case 'unreachable':
			return isWorthWaiting(info);
		case 'unavailable':
			return (
				isWorthWaiting(info) && (!startsPaidJob || PROVES_NOTHING_STARTED.has(info.httpStatus ?? 0))
			);
		case 'timedOut':
		case 'brokenAnswer':
			return !startsPaidJob;
		default:
			return false;
	}
}

/** Whether the API asks for no more than a while of patience. */
const isWorthWaiting = ({ retryAfter = 0 }: ApiErrorInfo): boolean =>
	retryAfter <= MAX_RETRY_AFTER_SECONDS;

/**
 * Whether another model may do what this one could not: it is gone, stays overloaded after its
 * retries, or does not answer in time. For a request that starts a paid job only where the job is
 * known not to run.
 */
export function shouldFallBack(info: ApiErrorInfo, resend: RetryContext): boolean {
	switch (info.kind) {
		case 'notFound':
		case 'modelForbidden':
		case 'rateLimited':
			return true;
		case 'emptyAnswer':
		case 'failed':
			return !resend.startsPaidJob;
		case 'unavailable':
		case 'timedOut':
			return shouldRetry(info, resend);
		default:
			return false;
	}
}

/** 425 Too Early and 503 Service Unavailable turn a request away before it is worked on. */
const PROVES_NOTHING_STARTED = new Set([425, 503]);

/** Milliseconds to wait before a retry, counted from 1: exponential, between half and all of it. */
export function backOff(retry: number, retryAfter: number | undefined): number {
	const longest = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (retry - 1));
	return 1000 * Math.max(retryAfter ?? 0, longest * (0.5 + Math.random() / 2));
}

/** What comes of one exchange: what was asked for, or a error. */
export type Outcome<T> = { response: T; error?: undefined } | { error: ApiErrorInfo };

export interface RetryOptions extends RetryContext {
	/** The run's pace; absent where another host than the API is asked, which has no part in it. */
	rateLimiter?: RateLimiter;
	/** How often a request may be sent again at most. */
	maxRetries: number;
	signal: AbortSignal | undefined;
}

/**
 * Sends a request at the run's pace, and again after faults that may pass.
 *
 * @throws CallFailure with the last error; the signal's reason when the execution is cancelled
 */
export async function sendWithRetries<T>(
	request: () => Promise<Outcome<T>>,
	rules: RetryOptions,
): Promise<T> {
	const { rateLimiter, maxRetries, signal } = rules;
	for (let retry = 1; ; retry++) {
		const outcome = rateLimiter
			? await rateLimiter.send(async () => await sendAndNote(request, rateLimiter), signal)
			: await request();
		if (!outcome.error) return outcome.response;
		signal?.throwIfAborted();
		if (retry > maxRetries || !shouldRetry(outcome.error, rules)) throw new ApiError(outcome.error);
		if (outcome.error.kind !== 'rateLimited') {
			await pause(backOff(retry, outcome.error.retryAfter), signal);
		}
	}
}

/** Lets the run's pace learn from what comes of the exchange. */
async function sendAndNote<T>(
	request: () => Promise<Outcome<T>>,
	rateLimiter: RateLimiter,
): Promise<Outcome<T>> {
	const outcome = await request();
	const { error: info } = outcome;
	// What asks for hours of patience ends its item; the others need not sit them out.
	if (info && !isWorthWaiting(info)) return outcome;
	if (info?.kind === 'rateLimited') rateLimiter.noteRefusal(info.retryAfter);
	else if (!info || info.httpStatus) rateLimiter.noteTaken();
	if (info?.kind === 'unavailable') rateLimiter.holdBack(info.retryAfter);
	return outcome;
}
