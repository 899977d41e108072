import { sleep } from 'n8n-workflow';

/** Lets at most `cap` tasks run at once and starts them in the order in which they were added. */
export class Semaphore {
	private running = 0;
	private readonly waiting: Array<() => void> = [];
	private readonly returning: Array<() => void> = [];

	constructor(private readonly limit: number) {}

	/** Runs the task when its turn comes and hands on what it returns or throws. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		await this.acquire((start) => this.waiting.push(start));
		try {
			return await task();
		} finally {
			this.release();
		}
	}

	/** Lets another task run while one that has its turn waits; it goes on before those that never ran. */
	async releaseDuring(wait: () => Promise<void>): Promise<void> {
		this.release();
		try {
			await wait();
		} finally {
			await this.acquire((start) => this.returning.push(start));
		}
	}

	private async acquire(lineUp: (start: () => void) => void): Promise<void> {
		if (this.running < this.limit) this.running++;
		else await new Promise<void>(lineUp);
	}

	/** The place that became free goes straight to the next in line, so nobody slips in between. */
	private release(): void {
		const next = this.returning.shift() ?? this.waiting.shift();
		if (next) next();
		else this.running--;
	}
}

/** So many items are prepared without a break, each in about a millisecond. */
const ITEMS_PER_TURN = 20;

/**
 * Lets items go on in groups, with room for n8n's other work between two of them: thousands of items
 * at once would block its event loop for seconds.
 */
export class EventLoopYielder {
	private size = 0;
	private open: Promise<unknown> = Promise.resolve();

	/** Resolves when the item's group may go on, in the order of the calls. */
	async next(): Promise<void> {
		if (this.size++ >= ITEMS_PER_TURN) {
			this.open = this.open.then(async () => await sleep(0));
			this.size = 1;
		}
		await this.open;
	}
}
