import { ApiError, type ApiErrorInfo } from '../errors/ApiError';
import { systemClock, type Clock } from './clock';
import type { Permit, RequestQueue } from './rateLimiter';
import { pause } from './sleep';

/** Wait before the first retry, doubled with each further one; randomized. */
const FIRST_WAIT_SECONDS = 0.5;
const MAX_WAIT_SECONDS = 30;
/** The API asks for longer waits only during long outages. */
const MAX_RETRY_AFTER_SECONDS = 300;
/**
 * The same after a 429 without Retry-After. It grows less, since the rate limiter sets the pace: it only
 * keeps one request from being repeated at once while others succeed.
 */
const FIRST_RATE_LIMIT_WAIT_SECONDS = 0.2;
const RATE_LIMIT_WAIT_GROWTH = 1.4;
const MAX_RATE_LIMIT_WAIT_SECONDS = 10;

/** What a retry or a fallback model could cost. */
export interface RetryContext {
	/** What an accepted request may be charged for even if its response is lost. */
	charge: 'nothing' | 'answer' | 'job';
	/** 'Retry on Timeout': whether to risk being charged twice. */
	retryOnTimeout: boolean;
}

/**
 * Whether a request may be sent again after this error.
 *
 * Yes for temporary errors and unreachable hosts. No for errors that would repeat (wrong key, no credits,
 * unknown model, bad request, quota). If the request may have been charged: at most once, after a
 * timeout only with 'Retry on Timeout', and never if it starts a job.
 *
 * @param resent retries so far that may have been charged
 */
export function shouldRetry(info: ApiErrorInfo, context: RetryContext, resent = 0): boolean {
	const { charge, retryOnTimeout } = context;
	if (info.isFinal) return false;
	switch (info.kind) {
		case 'rateLimited':
		case 'unreachable':
			return true;
		case 'unavailable':
			return isWorthWaiting(info) && mayResend(info, charge, resent);
		case 'brokenAnswer':
		case 'unreadableCall':
			return mayResend(info, charge, resent);
		case 'timedOut':
			return charge === 'nothing' || (charge === 'answer' && retryOnTimeout);
		default:
			return false;
	}
}

function mayResend(info: ApiErrorInfo, charge: RetryContext['charge'], resent: number): boolean {
	if (charge === 'job') return provesNothingStarted(info);
	return charge === 'nothing' || resent === 0 || !mayBeCharged(info);
}

/** Whether the API may have charged the request, although its response is lost or of no use. */
function mayBeCharged({ kind, httpStatus = 0 }: ApiErrorInfo): boolean {
	if (kind === 'unavailable') return GATEWAY_TIMEOUTS.has(httpStatus);
	return kind === 'brokenAnswer' || kind === 'unreadableCall';
}

/** Gateway timeouts, after which the server may still be working; 524 is Cloudflare's. */
const GATEWAY_TIMEOUTS = new Set([408, 504, 524]);

/** Whether the request was certainly not processed: after 425 Too Early and 503 Service Unavailable. */
export const provesNothingStarted = ({ httpStatus }: ApiErrorInfo): boolean =>
	httpStatus === 425 || httpStatus === 503;

/** Whether Retry-After is short enough to wait for. */
const isWorthWaiting = ({ retryAfter = 0 }: ApiErrorInfo): boolean =>
	retryAfter <= MAX_RETRY_AFTER_SECONDS;

/**
 * Whether to try the next fallback model: on 404, and on 429 and 5xx after all retries; after a timeout
 * only with 'Retry on Timeout'. For a paid job only if it is certain that it wasn't started.
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
			return context.charge !== 'job' || provesNothingStarted(info);
		case 'timedOut':
			return shouldRetry(info, context);
		default:
			return false;
	}
}

/** Wait in ms before a retry, counted from 1: exponential, between half and all of it. */
export function backOff(
	retry: number,
	retryAfter: number | undefined,
	random: () => number = systemClock.random,
): number {
	const longest = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (retry - 1));
	return 1000 * Math.max(retryAfter ?? 0, longest * (0.5 + random() / 2));
}

/** Wait in ms after a 429, counted from 1: Retry-After, or a growing random time. */
function rateLimitWait(refusal: number, retryAfter: number | undefined, random: () => number) {
	if (retryAfter) return retryAfter * 1000;
	const grown = FIRST_RATE_LIMIT_WAIT_SECONDS * RATE_LIMIT_WAIT_GROWTH ** (refusal - 1);
	return 1000 * Math.min(MAX_RATE_LIMIT_WAIT_SECONDS, grown) * (0.75 + random() / 2);
}

/** The result of one request: the response or an error. */
export type Outcome<T> = { response: T; error?: undefined } | { error: ApiErrorInfo };

export interface RetryLimits {
	/** Max retries after errors other than 429. */
	maxRetries: number;
	/** How long a request may wait after its first 429, in seconds. */
	maxRateLimitWait: number;
}

export interface RetryOptions extends RetryContext, RetryLimits {
	/** The run's queue at the rate limiter; absent for requests that aren't rate limited. */
	queue?: RequestQueue;
	signal: AbortSignal | undefined;
	/** Lets others run while this request waits for a retry. */
	whileWaiting?: WhileWaiting;
	clock?: Clock;
}

/** Runs `wait` and meanwhile gives the caller's slot to others. */
export type WhileWaiting = (wait: () => Promise<void>) => Promise<void>;

/**
 * Sends a request within the rate limit, and retries it after transient errors.
 *
 * @throws ApiError with the last error; the signal's reason when the execution is canceled
 */
export async function sendWithRetries<T>(
	request: () => Promise<Outcome<T>>,
	rules: RetryOptions,
): Promise<T> {
	const { queue, signal, whileWaiting = async (wait) => await wait(), clock = systemClock } = rules;
	const waitAfter = retryWaits(rules, clock);
	for (let isRetry = false; ; isRetry = true) {
		const permit = await queue?.acquire({ isRetry, signal });
		const outcome = await request().catch((error: unknown) => {
			permit?.onUnknown();
			throw error;
		});
		const wait = outcome.error && waitAfter(outcome.error);
		if (permit) report(permit, outcome.error, rules);
		if (!outcome.error) return outcome.response;
		signal?.throwIfAborted();
		if (wait === undefined) throw new ApiError(outcome.error);
		await whileWaiting(async () => await pause(wait, signal, clock));
	}
}

/**
 * Limits the retries of one request: after a 429 by time, since a long queue at a low rate is no failure,
 * and otherwise by number.
 *
 * @returns a function from an error to the wait in ms before the next attempt; `undefined` for no more
 */
function retryWaits(rules: RetryContext & RetryLimits, { now, random }: Clock) {
	const { maxRetries, maxRateLimitWait } = rules;
	let retries = 0;
	let resent = 0;
	let refusals = 0;
	let giveUpAt: number | undefined;
	return (info: ApiErrorInfo): number | undefined => {
		if (!shouldRetry(info, rules, resent)) return undefined;
		if (mayBeCharged(info)) resent++;
		if (info.kind !== 'rateLimited') {
			return ++retries > maxRetries ? undefined : backOff(retries, info.retryAfter, random);
		}
		giveUpAt ??= now() + maxRateLimitWait * 1000;
		const wait = rateLimitWait(++refusals, info.retryAfter, random);
		return now() + wait > giveUpAt ? undefined : wait;
	};
}

/** Reports the outcome of a request to the rate limiter. */
function report(
	permit: Permit,
	info: ApiErrorInfo | undefined,
	{ maxRateLimitWait }: RetryLimits,
): void {
	const { kind, httpStatus, retryAfter = 0 } = info ?? {};
	if (kind === 'rateLimited') {
		// A very long Retry-After fails this item only; the others keep going.
		if (retryAfter > maxRateLimitWait) permit.onUnknown();
		else permit.onRateLimited(retryAfter * 1000);
	} else if (kind === 'unavailable' && info) {
		permit.onOverloaded(isWorthWaiting(info) ? retryAfter * 1000 : 0);
	} else if (!info || httpStatus) permit.onSuccess();
	else permit.onUnknown();
}
