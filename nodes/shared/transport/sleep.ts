import { sleep } from 'n8n-workflow';

/**
 * Waits, but no longer than until the execution is cancelled.
 *
 * @throws the signal's reason when it is cancelled
 */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	signal?.throwIfAborted();
	let stop = () => {};
	const cancelled = new Promise<void>((resolve) => (stop = resolve));
	signal?.addEventListener('abort', stop);
	await Promise.race([sleep(milliseconds), cancelled]);
	signal?.removeEventListener('abort', stop);
	signal?.throwIfAborted();
}
