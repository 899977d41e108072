import type { StartedRequest } from './refusalStreak';

/** A rate grows by this share a second and twice as fast after four; a quarter as fast after each refusal. */
const FIRST_GROWTH = 0.1;
const LEAST_GROWTH = 0.015;
const SPEEDING_UP = 4;
/** Below this share of a rate that was measured, refusals are not caused by the rate. */
const REFUTED_BELOW = 0.7;

/**
 * Spaces requests at a rate that grows until it is refused. A refusal shows that the limit is used up, so
 * what is taken from one to the next, over the time between them, is the limit's own rate.
 *
 * Times are milliseconds since the epoch.
 */
export class Rate {
	private growth = FIRST_GROWTH;
	private nextAt: number;
	/** Since the last refusal. */
	private usedUp?: { at: number; taken: number };
	/** Requests a millisecond, by the first measurement. */
	private measured?: number;

	/** @param perMs requests a millisecond */
	constructor(
		private perMs: number,
		private setAt: number,
	) {
		this.nextAt = setAt + 1 / perMs;
	}

	/** When the next request may start. */
	get nextStart(): number {
		return this.nextAt;
	}

	/** Whether refusals at this time come from something else than the rate. */
	isRefuted(now: number): boolean {
		return this.measured !== undefined && this.current(now) < this.measured * REFUTED_BELOW;
	}

	onStart({ at }: StartedRequest): void {
		if (this.usedUp) this.usedUp.taken++;
		const interval = 1 / this.current(at);
		// A start that comes a little late is made up for by the next.
		this.nextAt = Math.max(this.nextAt, at - interval) + interval;
	}

	/** A request is refused, whatever the cause: it was not taken. */
	onRefused({ at }: StartedRequest): void {
		if (this.usedUp && at >= this.usedUp.at) this.usedUp.taken--;
	}

	/** The limit is used up now. */
	measure(now: number): void {
		const { usedUp } = this;
		this.perMs = this.current(now);
		this.setAt = now;
		this.growth = Math.max(LEAST_GROWTH, this.growth / 4);
		this.usedUp = { at: now, taken: 0 };
		if (!usedUp || usedUp.taken <= 0) return;
		this.perMs = Math.min(this.perMs, usedUp.taken / (now - usedUp.at));
		this.measured ??= this.perMs;
	}

	/** Time in which nothing is to be sent does not count. */
	onIdle(): void {
		this.usedUp = undefined;
	}

	private current(now: number): number {
		const seconds = (now - this.setAt) / 1000;
		return this.perMs * Math.exp(this.growth * seconds * (1 + seconds / SPEEDING_UP));
	}
}
