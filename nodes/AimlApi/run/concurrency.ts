import { sleep } from 'n8n-workflow';

/** Runs at most `limit` tasks at once and starts them in the order they were added. */
export class Semaphore {
	private running = 0;
	private readonly waiting: Array<() => void> = [];
	private readonly returning: Array<() => void> = [];

	constructor(private readonly limit: number) {}

	get isFull(): boolean {
		return this.running >= this.limit;
	}

	/** Runs a task once a slot is free, and returns or throws what it does. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		await this.acquire();
		try {
			return await task();
		} finally {
			this.release();
		}
	}

	/** Gives up the slot during `wait`; the task gets one back before tasks that never ran. */
	async releaseDuring(wait: () => Promise<void>): Promise<void> {
		this.release();
		try {
			await wait();
		} finally {
			await this.acquireFrom(this.returning);
		}
	}

	/** Waits for a slot, behind those that already do. Each needs a `release`. */
	async acquire(): Promise<void> {
		await this.acquireFrom(this.waiting);
	}

	/** Passes the slot directly to the next in line, so no newcomer can take it. */
	release(): void {
		const next = this.returning.shift() ?? this.waiting.shift();
		if (next) next();
		else this.running--;
	}

	private async acquireFrom(line: Array<() => void>): Promise<void> {
		if (this.running < this.limit) this.running++;
		else await new Promise<void>((start) => line.push(start));
	}
}

/** The places of a run: as many items may prepare their requests as may be processed. */
export interface Places {
	readonly preparing: Semaphore;
	readonly processing: Semaphore;
}

/** Lets the first task of a kind run alone, and the others once it has succeeded. */
export class FirstAlone {
	private readonly firsts = new Map<string, Promise<boolean>>();

	/**
	 * @param waiting is handed what a task waits for, to let go of what others need meanwhile
	 * @throws what the task throws; another one takes its place as the first
	 */
	async run<T>(
		kind: string,
		task: () => Promise<T>,
		waiting: (wait: () => Promise<void>) => Promise<void>,
	): Promise<T> {
		for (let first = this.firsts.get(kind); first; first = this.firsts.get(kind)) {
			const outcome = first;
			let hasSucceeded = false;
			await waiting(async () => void (hasSucceeded = await outcome));
			if (hasSucceeded) return await task();
		}
		const running = task();
		const outcome = running.then(
			() => true,
			() => !this.firsts.delete(kind),
		);
		this.firsts.set(kind, outcome);
		return await running;
	}
}

/** Items prepared in a row; each takes about a millisecond. */
const ITEMS_PER_TURN = 20;

/**
 * Yields to the event loop after every few items: preparing thousands of items at once would block
 * n8n for seconds.
 */
export class EventLoopYielder {
	private size = 0;
	private open: Promise<unknown> = Promise.resolve();

	/** Resolves when the item may go on, in the order of the calls. */
	async next(): Promise<void> {
		if (this.size++ >= ITEMS_PER_TURN) {
			this.open = this.open.then(async () => await sleep(0));
			this.size = 1;
		}
		await this.open;
	}
}
