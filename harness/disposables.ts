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
