/** Sends the texts of one request; gives as many results as it gets texts, in their order. */
export type SendBatch<Result> = (texts: string[]) => Promise<Result[]>;

/** What items share a request by, and how it is sent. */
export interface BatchRules<Result> {
	/** Items with the same key may go together: same model, same parameters. */
	key: string;
	/** Most texts of one request. */
	size: number;
	send: SendBatch<Result>;
	/** Whether a failed request should be tried again for each of its items alone. */
	isOneToBlame: (error: unknown) => boolean;
}

interface Share {
	texts: string[];
	settle: (results: Promise<unknown[]>) => void;
}

/**
 * Joins the texts of many items into few requests and gives each item its results back. A batch is
 * sent when it is full, or when every item of the run has either joined one or stays out.
 */
export class Batcher {
	private readonly open = new Map<string, { rules: BatchRules<unknown>; shares: Share[] }>();
	private readonly decided = new Set<number>();

	/** @param expected how many items join or stay out, as far as is known */
	constructor(private readonly expected: () => number) {}

	/** @returns the results of this item's texts */
	async join<Result>(
		itemIndex: number,
		texts: string[],
		rules: BatchRules<Result>,
	): Promise<Result[]> {
		const { key, size } = rules;
		if (this.countOf(key) && this.countOf(key) + texts.length > size) this.flush(key);
		const results = new Promise<unknown[]>((settle) => {
			const batch = this.open.get(key) ?? { rules, shares: [] };
			batch.shares.push({ texts, settle });
			this.open.set(key, batch);
		});
		if (this.countOf(key) >= size) this.flush(key);
		this.noteDecision(itemIndex);
		return (await results) as Result[];
	}

	/** An item joins no further batch: it is done, failed before, or needs none. */
	stayOut(itemIndex: number): void {
		this.noteDecision(itemIndex);
	}

	private noteDecision(itemIndex: number): void {
		this.decided.add(itemIndex);
		if (this.decided.size < this.expected()) return;
		for (const key of [...this.open.keys()]) this.flush(key);
	}

	private countOf(key: string): number {
		return countTexts(this.open.get(key)?.shares ?? []);
	}

	private flush(key: string): void {
		const { rules, shares } = this.open.get(key)!;
		this.open.delete(key);
		const request = rules.send(shares.flatMap(({ texts }) => texts));
		for (const [position, { texts, settle }] of shares.entries()) {
			const from = countTexts(shares.slice(0, position));
			const own = request.then(
				(results) => results.slice(from, from + texts.length),
				async (error: unknown) => {
					if (shares.length === 1 || !rules.isOneToBlame(error)) throw error;
					return await rules.send(texts);
				},
			);
			settle(own);
		}
	}
}

const countTexts = (shares: Share[]): number =>
	shares.reduce((sum, { texts }) => sum + texts.length, 0);
