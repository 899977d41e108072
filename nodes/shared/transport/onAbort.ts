const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls the listener when the signal aborts. A signal gets only one event listener, however many callers
 * there are, since Node.js warns of a leak at more than ten.
 *
 * @returns a function that removes the listener
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
