/* eslint-disable @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
/** What a program has started, to be ended in the opposite order. */
export class Disposables {
	private readonly ends: Array<() => Promise<void>> = [];

	add(end: () => Promise<void>): void {
		this.ends.push(end);
	}

	/** Ends everything, once; one that fails to end does not keep the others. */
	async disposeAll(): Promise<void> {
		for (let end = this.ends.pop(); end; end = this.ends.pop()) await end().catch(() => undefined);
	}
}

/** Runs what starts several things; where it fails, all that it had started is ended. */
export async function startAll<T>(start: (started: Disposables) => Promise<T>): Promise<T> {
	const started = new Disposables();
	try {
		return await start(started);
	} catch (error) {
		await started.disposeAll();
		throw error;
	}
}
