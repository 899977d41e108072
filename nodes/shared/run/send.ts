import { CallFailure, type Fault } from '../errors/ApiError';
import { pause } from '../transport/sleep';
import { backOff, isWorthWaiting, mayResend, type Resend } from '../transport/retry';
import type { Throttle } from '../transport/rateLimiter';

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
