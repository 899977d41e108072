import { systemClock, type Clock } from './clock';
import { onAbort } from './onAbort';

/**
 * Waits for the time to pass.
 *
 * @throws the signal's reason as soon as it aborts
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
