/** The limit of setTimeout; a longer delay would end at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Aborts `signal` after `limitMs`, or when `cancelled` aborts. Called with each chunk of a response,
 * `restart` makes it a limit of silence rather than a deadline.
 */
export class Watchdog {
	/** Whether the limit was reached. */
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

	/** Starts the limit again. */
	restart(): void {
		this.since = Date.now();
	}

	/** Stops the limit until the next `restart`. */
	pause(): void {
		this.since = Infinity;
	}

	/** Removes timer and listener; `signal` won't abort anymore. */
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
