import { CallFailure, type Fault } from './fault';
import { pause } from './pause';
import { backOff, mayResend, type Resend } from './retry';
import type { Throttle } from './throttle';

/** What comes of one exchange: what was asked for, or a fault. */
export type Outcome<T> = { response: T; fault?: undefined } | { fault: Fault };

export interface SendRules extends Resend {
	throttle: Throttle;
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
		const outcome = await throttle.send(async () => {
			const result = await exchange();
			if (result.fault?.kind === 'rateLimited') throttle.noteRefusal(result.fault.retryAfter);
			else if (!result.fault || result.fault.httpStatus) throttle.noteTaken();
			return result;
		}, signal);
		if (!outcome.fault) return outcome.response;
		signal?.throwIfAborted();
		if (retry > maxRetries || !mayResend(outcome.fault, rules))
			throw new CallFailure(outcome.fault);
		if (outcome.fault.kind !== 'rateLimited') {
			await pause(backOff(retry, outcome.fault.retryAfter), signal);
		}
	}
}
