import { onAbort } from './onAbort';

/** The longest delay of a timer; a longer one would end at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Aborts `signal` after `limitMs`, or when `cancelled` aborts. If `restart` is called with each event, it
 * limits the time between events instead of the whole.
 */
export class Watchdog {
	/** Whether the limit was reached. */
	isTooLong = false;
	private readonly controller = new AbortController();
	private readonly limitMs: number;
	private readonly ignoreCancel: () => void;
	private since = Date.now();
	private timer?: AbortSignal;

	constructor(
		limitMs: number,
		private readonly cancelled: AbortSignal | undefined,
	) {
		this.limitMs = Math.min(limitMs, MAX_DELAY_MS);
		this.ignoreCancel = onAbort(cancelled, this.abort);
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
		this.ignoreCancel();
		this.timer?.removeEventListener('abort', this.check);
		this.timer = undefined;
	}

	private wait(ms: number): void {
		this.timer = AbortSignal.timeout(Math.ceil(ms));
		this.timer.addEventListener('abort', this.check, { once: true });
	}

	private readonly check = (): void => {
		const left = this.since + this.limitMs - Date.now();
		if (left > 0) return this.wait(Math.min(left, this.limitMs));
		this.isTooLong = true;
		this.abort();
	};

	private readonly abort = (): void => {
		this.stop();
		this.controller.abort(this.cancelled?.reason);
	};
}
