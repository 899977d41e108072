/** Lets at most `cap` tasks run at once and starts them in the order in which they were added. */
export class Queue {
	private running = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly cap: number) {}

	/** Runs the task when its turn comes and hands on what it returns or throws. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		if (this.running < this.cap) this.running++;
		else await new Promise<void>((start) => this.waiting.push(start));
		try {
			return await task();
		} finally {
			this.passOn();
		}
	}

	/** The place that became free goes straight to the next in line, so nobody slips in between. */
	private passOn(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.running--;
	}
}
