import { onAbort } from './onAbort';
import { systemClock, type Clock } from './clock';

/**
 * Waits until the time is over or the execution is canceled.
 *
 * @throws the signal's reason when it is canceled
 */
export async function pause(
	milliseconds: number,
	signal: AbortSignal | undefined,
	clock: Clock = systemClock,
): Promise<void> {
	signal?.throwIfAborted();
	let stop = () => {};
	const cancelled = new Promise<void>((resolve) => (stop = resolve));
	const ignore = onAbort(signal, stop);
	await Promise.race([clock.sleep(milliseconds), cancelled]);
	ignore();
	signal?.throwIfAborted();
}
