import { ApiError, type ApiErrorInfo } from '../errors/ApiError';
import { systemClock, type Clock } from './clock';
import type { Permit, RequestQueue } from './rateLimiter';
import { pause } from './sleep';

/** Seconds before the first retry of a request, doubled with each; a chance factor spreads them. */
const FIRST_WAIT_SECONDS = 0.5;
const MAX_WAIT_SECONDS = 30;
/** Seconds. The API asks for a longer wait only when it is down for long. */
const MAX_RETRY_AFTER_SECONDS = 300;
/**
 * The same after a 429 that names no time. It grows less, because the pace is up to the rate limiter:
 * this wait only keeps one request from asking again and again where others are taken.
 */
const FIRST_RATE_LIMIT_WAIT_SECONDS = 0.2;
const RATE_LIMIT_WAIT_GROWTH = 1.4;
const MAX_RATE_LIMIT_WAIT_SECONDS = 10;

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
			return true;
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
export function backOff(
	retry: number,
	retryAfter: number | undefined,
	random: () => number = systemClock.random,
): number {
	const longest = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (retry - 1));
	return 1000 * Math.max(retryAfter ?? 0, longest * (0.5 + random() / 2));
}

/** Milliseconds to wait after a 429, counted from 1: what the API asks for, or a growing time of chance. */
function rateLimitWait(refusal: number, retryAfter: number | undefined, random: () => number) {
	if (retryAfter) return retryAfter * 1000;
	const grown = FIRST_RATE_LIMIT_WAIT_SECONDS * RATE_LIMIT_WAIT_GROWTH ** (refusal - 1);
	return 1000 * Math.min(MAX_RATE_LIMIT_WAIT_SECONDS, grown) * (0.75 + random() / 2);
}

/** What comes of one exchange: what was asked for, or an error. */
export type Outcome<T> = { response: T; error?: undefined } | { error: ApiErrorInfo };

export interface RetryLimits {
	/** How often a request may be sent again at most, after other faults than a 429. */
	maxRetries: number;
	/** Seconds that a request may wait after its first 429. */
	maxRateLimitWait: number;
}

export interface RetryOptions extends RetryContext, RetryLimits {
	/** The run's queue at the API's rate limiter; absent for requests that have no part in the pace. */
	queue?: RequestQueue;
	signal: AbortSignal | undefined;
	/** Lets others go on while this request waits for a retry. */
	whileWaiting?: WhileWaiting;
	clock?: Clock;
}

/** Waits, and gives on meanwhile what the one who waits holds. */
export type WhileWaiting = (wait: () => Promise<void>) => Promise<void>;

/**
 * Sends a request at the API's pace, and again after faults that may pass.
 *
 * @throws ApiError with the last error; the signal's reason when the execution is cancelled
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
 * Counts the retries of one request: those after a 429 by their time, as a long queue at a slow pace is
 * no failure, all others by their number.
 *
 * @returns tells for each error the milliseconds to wait before the next try; `undefined` for no more
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

/** Lets the rate limiter learn from what came of a request. */
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
