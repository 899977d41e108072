const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls the listener when the signal is aborted. All that wait on one execution's signal share a single
 * listener of its own: Node.js takes more than ten for a leak and warns.
 *
 * @returns takes the listener away
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
	if (!signal) return () => {};
	const ofSignal = listeners.get(signal) ?? listenersOf(signal);
	ofSignal.add(listener);
	return () => void ofSignal.delete(listener);
}

function listenersOf(signal: AbortSignal): Set<() => void> {
	const ofSignal = new Set<() => void>();
	listeners.set(signal, ofSignal);
	signal.addEventListener('abort', () => ofSignal.forEach((listener) => listener()), {
		once: true,
	});
	return ofSignal;
}
