/** What setTimeout takes at most; a longer wait would end at once. Milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Aborts `signal` when nothing was noted for `limitMs`, or when `cancelled` aborts. Without a call of
 * `restart` it is a deadline, with one for each piece of an answer a limit of silence.
 */
export class Watchdog {
	/** Whether it was the limit that aborted. */
	isTooLong = false;
	private readonly controller = new AbortController();
	private readonly limitMs: number;
	private since = Date.now();
	private timer?: AbortSignal;

	constructor(
		limitMs: number,
		private readonly cancelled: AbortSignal | undefined,
	) {
		this.limitMs = Math.min(limitMs, MAX_DELAY_MS);
		cancelled?.addEventListener('abort', this.abort);
		if (cancelled?.aborted) this.abort();
		else this.wait(this.limitMs);
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Something arrived: the limit counts anew from here. */
	restart(): void {
		this.since = Date.now();
	}

	/** Nothing is awaited until the next `restart`. */
	pause(): void {
		this.since = Infinity;
	}

	/** Lets go of everything; `signal` aborts no more. */
	stop(): void {
		this.cancelled?.removeEventListener('abort', this.abort);
		this.timer?.removeEventListener('abort', this.check);
		this.timer = undefined;
	}

	private wait(ms: number): void {
		this.timer = AbortSignal.timeout(Math.ceil(ms));
		this.timer.addEventListener('abort', this.check, { once: true });
	}

	private readonly check = (): void => {
		const left = this.since + this.limitMs - Date.now();
		if (left > 0) {
			this.wait(Math.min(left, this.limitMs));
			return;
		}
		this.isTooLong = true;
		this.abort();
	};

	private readonly abort = (): void => {
		this.stop();
		this.controller.abort(this.cancelled?.reason);
	};
}
