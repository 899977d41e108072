import { CallFailure, type Fault } from '../errors/ApiError';
import type { Throttle } from './rateLimiter';
import { pause } from './sleep';

/** Seconds before the first retry of a request, doubled with each; a chance factor spreads them. */
const FIRST_WAIT = 0.5;
const LONGEST_WAIT = 30;
/** Seconds. The API asks for a longer wait only when a quota is used up or it is down for long. */
const LONGEST_RETRY_AFTER = 300;

/** What sending a request again could do. */
export interface Resend {
	/** It starts a job that is paid for, so that sending it twice may pay twice. */
	startsPaidJob: boolean;
}

/**
 * Whether a request may be sent again after this fault.
 *
 * Refusals for the moment and faults of the network: yes. What will be refused again (wrong key, no
 * credits, unknown model, bad request, spent quota), or was answered: no. A request that starts a
 * paid job only if the fault proves that nothing was started.
 */
export function mayResend(fault: Fault, { startsPaidJob }: Resend): boolean {
	switch (fault.kind) {
		case 'rateLimited':
		case 'unreachable':
			return isWorthWaiting(fault);
		case 'unavailable':
			return (
				isWorthWaiting(fault) &&
				(!startsPaidJob || PROVES_NOTHING_STARTED.has(fault.httpStatus ?? 0))
			);
		case 'timedOut':
		case 'brokenAnswer':
			return !startsPaidJob;
		default:
			return false;
	}
}

/** Whether the API asks for no more than a while of patience. */
const isWorthWaiting = ({ retryAfter = 0 }: Fault): boolean => retryAfter <= LONGEST_RETRY_AFTER;

/**
 * Whether another model may do what this one could not: it is gone, stays overloaded after its
 * retries, or does not answer in time. For a request that starts a paid job only where the job is
 * known not to run.
 */
export function mayFallBack(fault: Fault, resend: Resend): boolean {
	switch (fault.kind) {
		case 'notFound':
		case 'rateLimited':
			return true;
		case 'unavailable':
		case 'timedOut':
			return mayResend(fault, resend);
		default:
			return false;
	}
}

/** 425 Too Early and 503 Service Unavailable turn a request away before it is worked on. */
const PROVES_NOTHING_STARTED = new Set([425, 503]);

/** Milliseconds to wait before a retry, counted from 1: exponential, between half and all of it. */
export function backOff(retry: number, retryAfter: number | undefined): number {
	const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (retry - 1));
	return 1000 * Math.max(retryAfter ?? 0, longest * (0.5 + Math.random() / 2));
}

/** What comes of one exchange: what was asked for, or a fault. */
export type Outcome<T> = { response: T; fault?: undefined } | { fault: Fault };

export interface SendRules extends Resend {
	/** The run's pace; absent where another host than the API is asked, which has no part in it. */
	throttle?: Throttle;
	/** How often a request may be sent again at most. */
	maxRetries: number;
	signal: AbortSignal | undefined;
}

/**
 * Sends a request at the run's pace, and again after faults that may pass.
 *
 * @throws CallFailure with the last fault; the signal's reason when the execution is cancelled
 */
export async function sendWithRetries<T>(
	exchange: () => Promise<Outcome<T>>,
	rules: SendRules,
): Promise<T> {
	const { throttle, maxRetries, signal } = rules;
	for (let retry = 1; ; retry++) {
		const outcome = throttle
			? await throttle.send(async () => await sendAndNote(exchange, throttle), signal)
			: await exchange();
		if (!outcome.fault) return outcome.response;
		signal?.throwIfAborted();
		if (retry > maxRetries || !mayResend(outcome.fault, rules))
			throw new CallFailure(outcome.fault);
		if (outcome.fault.kind !== 'rateLimited') {
			await pause(backOff(retry, outcome.fault.retryAfter), signal);
		}
	}
}

/** Lets the run's pace learn from what comes of the exchange. */
async function sendAndNote<T>(
	exchange: () => Promise<Outcome<T>>,
	throttle: Throttle,
): Promise<Outcome<T>> {
	const outcome = await exchange();
	const { fault } = outcome;
	// What asks for hours of patience ends its item; the others need not sit them out.
	if (fault && !isWorthWaiting(fault)) return outcome;
	if (fault?.kind === 'rateLimited') throttle.noteRefusal(fault.retryAfter);
	else if (!fault || fault.httpStatus) throttle.noteTaken();
	if (fault?.kind === 'unavailable') throttle.holdBack(fault.retryAfter);
	return outcome;
}
