import { sleep } from 'n8n-workflow';

/** Runs at most `limit` tasks at once and starts them in the order they were added. */
export class Semaphore {
	private running = 0;
	private readonly waiting: Array<() => void> = [];
	private readonly returning: Array<() => void> = [];

	constructor(private readonly limit: number) {}

	/** Runs a task once a slot is free, and returns or throws what it does. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		await this.acquire((start) => this.waiting.push(start));
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
			await this.acquire((start) => this.returning.push(start));
		}
	}

	private async acquire(lineUp: (start: () => void) => void): Promise<void> {
		if (this.running < this.limit) this.running++;
		else await new Promise<void>(lineUp);
	}

	/** Passes the slot directly to the next in line, so no newcomer can take it. */
	private release(): void {
		const next = this.returning.shift() ?? this.waiting.shift();
		if (next) next();
		else this.running--;
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
