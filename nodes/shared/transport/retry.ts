import { ApiError, type ApiErrorInfo } from '../errors/ApiError';
import type { RateLimiter } from './rateLimiter';
import { pause } from './sleep';

/** Seconds before the first retry of a request, doubled with each; a chance factor spreads them. */
const FIRST_WAIT_SECONDS = 0.5;
const MAX_WAIT_SECONDS = 30;
/** Seconds. The API asks for a longer wait only when a quota is used up or it is down for long. */
const MAX_RETRY_AFTER_SECONDS = 300;

/** What sending a request again, or asking another model, could do. */
export interface RetryContext {
	/** What an accepted request costs even when its answer gets lost: nothing, an answer or a job. */
	charge: 'nothing' | 'answer' | 'job';
	/** 'Retry on Timeout': the user would rather pay twice than have no answer. */
	retryOnTimeout: boolean;
}

/**
 * Whether a request may be sent again after this error.
 *
 * Refusals for the moment and hosts that are not reached: yes. What will be refused again (wrong key,
 * no credits, unknown model, bad request, spent quota), cannot be sent or was answered: no. Where an
 * answer may have been charged and got lost: at most once, after a time-out only if the user allows it,
 * and never when that was a job.
 *
 * @param resent how often it was sent again already although it may have been charged
 */
export function shouldRetry(info: ApiErrorInfo, context: RetryContext, resent = 0): boolean {
	const { charge, retryOnTimeout } = context;
	if (info.isFinal) return false;
	switch (info.kind) {
		case 'rateLimited':
		case 'unreachable':
			return isWorthWaiting(info);
		case 'unavailable':
			return isWorthWaiting(info) && mayResend(info, charge, resent);
		case 'brokenAnswer':
			return mayResend(info, charge, resent);
		case 'timedOut':
			return charge === 'nothing' || (charge === 'answer' && retryOnTimeout);
		default:
			return false;
	}
}

function mayResend(info: ApiErrorInfo, charge: RetryContext['charge'], resent: number): boolean {
	if (charge === 'job') return PROVES_NOTHING_STARTED.has(info.httpStatus ?? 0);
	return charge === 'nothing' || resent === 0 || !mayBeCharged(info);
}

/** Whether the API may have answered, and charged, without its answer reaching us. */
function mayBeCharged({ kind, httpStatus = 0 }: ApiErrorInfo): boolean {
	return kind === 'brokenAnswer' || (kind === 'unavailable' && GATEWAY_TIMEOUTS.has(httpStatus));
}

/** What gateways answer when the server behind them is still at work; 524 is Cloudflare's. */
const GATEWAY_TIMEOUTS = new Set([408, 504, 524]);

/** Whether an error of a server shows that it turned the request away before it was worked on. */
export const provesNothingStarted = ({ httpStatus = 0 }: ApiErrorInfo): boolean =>
	PROVES_NOTHING_STARTED.has(httpStatus);

/** 425 Too Early and 503 Service Unavailable turn a request away before it is worked on. */
const PROVES_NOTHING_STARTED = new Set([425, 503]);

/** Whether the API asks for no more than a while of patience. */
const isWorthWaiting = ({ retryAfter = 0 }: ApiErrorInfo): boolean =>
	retryAfter <= MAX_RETRY_AFTER_SECONDS;

/**
 * Whether another model may do what this one could not: it is gone or stays overloaded after its
 * retries; after a time-out only if the user allows it. For a request that starts a paid job only
 * where the job is known not to run.
 */
export function shouldFallBack(info: ApiErrorInfo, context: RetryContext): boolean {
	if (info.isFinal) return false;
	switch (info.kind) {
		case 'notFound':
		case 'modelForbidden':
		case 'rateLimited':
			return true;
		case 'emptyAnswer':
		case 'failed':
			return context.charge !== 'job';
		case 'unavailable':
		case 'timedOut':
			return shouldRetry(info, context);
		default:
			return false;
	}
}

/** Milliseconds to wait before a retry, counted from 1: exponential, between half and all of it. */
export function backOff(retry: number, retryAfter: number | undefined): number {
	const longest = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (retry - 1));
	return 1000 * Math.max(retryAfter ?? 0, longest * (0.5 + Math.random() / 2));
}

/** What comes of one exchange: what was asked for, or an error. */
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
 * @throws ApiError with the last error; the signal's reason when the execution is cancelled
 */
export async function sendWithRetries<T>(
	request: () => Promise<Outcome<T>>,
	rules: RetryOptions,
): Promise<T> {
	const { rateLimiter, maxRetries, signal } = rules;
	let resent = 0;
	for (let retry = 1; ; retry++) {
		const outcome = rateLimiter
			? await rateLimiter.send(async () => await sendAndNote(request, rateLimiter), signal)
			: await request();
		if (!outcome.error) return outcome.response;
		signal?.throwIfAborted();
		if (retry > maxRetries || !shouldRetry(outcome.error, rules, resent)) {
			throw new ApiError(outcome.error);
		}
		if (mayBeCharged(outcome.error)) resent++;
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
