/** Which items share a request, and how it is sent. */
export interface BatchOptions<Part, Result> {
	/** Items with the same key share requests: same model, same parameters. */
	key: string;
	/** Max parts in one request. */
	size: number;
	/** Sends one request, and returns one result per part, in order. */
	send: (parts: Part[]) => Promise<Result[]>;
	/** Whether to send a failed request again for each item on its own. */
	shouldSplitOnError: (error: unknown) => boolean;
}

interface Entry {
	parts: unknown[];
	settle: (results: Promise<unknown[]>) => void;
}

/** A request that is still being put together. */
interface Batch {
	rules: BatchOptions<unknown, unknown>;
	entries: Entry[];
	/** Parts of all its entries. */
	count: number;
}

/**
 * Combines the parts of many items into few requests and returns each item its own results. A batch is
 * sent when it is full, or when every item of the run has joined one or was skipped.
 */
export class RequestBatcher {
	private readonly open = new Map<string, Batch>();
	private readonly decided = new Set<number>();

	/** @param expected how many items join or are skipped, as far as is known */
	constructor(private readonly expected: () => number) {}

	/** @returns the results of this item's parts */
	async add<Part, Result>(
		itemIndex: number,
		parts: Part[],
		rules: BatchOptions<Part, Result>,
	): Promise<Result[]> {
		const { key, size } = rules;
		if (this.countOf(key) && this.countOf(key) + parts.length > size) this.flush(key);
		const results = new Promise<unknown[]>((settle) => {
			const batch = this.batchOf(key, rules as BatchOptions<unknown, unknown>);
			batch.entries.push({ parts, settle });
			batch.count += parts.length;
		});
		if (this.countOf(key) >= size) this.flush(key);
		this.skip(itemIndex);
		return (await results) as Result[];
	}

	/** The item joins no further batch: it has joined one, is finished, has failed, or needs none. */
	skip(itemIndex: number): void {
		this.decided.add(itemIndex);
		if (this.decided.size < this.expected()) return;
		for (const key of [...this.open.keys()]) this.flush(key);
	}

	private countOf(key: string): number {
		return this.open.get(key)?.count ?? 0;
	}

	private batchOf(key: string, rules: BatchOptions<unknown, unknown>): Batch {
		const batch = this.open.get(key) ?? { rules, entries: [], count: 0 };
		this.open.set(key, batch);
		return batch;
	}

	private flush(key: string): void {
		const { rules, entries } = this.open.get(key)!;
		this.open.delete(key);
		const request = rules.send(entries.flatMap(({ parts }) => parts));
		let from = 0;
		for (const { parts, settle } of entries) {
			const [start, end] = [from, from + parts.length];
			from = end;
			const own = request.then(
				(results) => results.slice(start, end),
				async (error: unknown) => {
					if (entries.length === 1 || !rules.shouldSplitOnError(error)) throw error;
					return await rules.send(parts);
				},
			);
			settle(own);
		}
	}
}
