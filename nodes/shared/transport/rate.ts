import type { StartedRequest } from './refusalStreak';

/** The rate grows by this share per second, twice as fast after four; each refusal divides it by four. */
const FIRST_GROWTH = 0.1;
const LEAST_GROWTH = 0.015;
const SPEEDING_UP = 4;
/** Below this share of the measured rate, refusals have another cause. */
const REFUTED_BELOW = 0.7;
/** A measurement with this many accepted requests replaces an earlier, higher one. */
const MANY = 20;

/**
 * Spaces requests at a rate that grows until it is refused. A refusal shows that the limit is used up, so
 * the requests accepted between two refusals, over the time between them, are the API's rate.
 *
 * Times are milliseconds since the epoch.
 */
export class Rate {
	private growth = FIRST_GROWTH;
	private nextAt: number;
	/** Requests accepted since the last refusal, and when that was. */
	private usedUp?: { at: number; accepted: number };
	/** Requests per millisecond; not above the rate at first, since a short measurement may be. */
	private measured?: number;
	private readonly firstPerMs: number;

	/** @param perMs requests per millisecond */
	constructor(
		private perMs: number,
		private setAt: number,
	) {
		this.nextAt = setAt + 1 / perMs;
		this.firstPerMs = perMs;
	}

	/** When the next request may start. */
	get nextStart(): number {
		return this.nextAt;
	}

	/** Whether refusals at this time have another cause than the rate. */
	isRefuted(now: number): boolean {
		return this.measured !== undefined && this.current(now) < this.measured * REFUTED_BELOW;
	}

	onStart({ at }: StartedRequest): void {
		if (this.usedUp) this.usedUp.accepted++;
		const interval = 1 / this.current(at);
		// The next start makes up for one that comes a little late.
		this.nextAt = Math.max(this.nextAt, at - interval) + interval;
	}

	/** Whatever the cause: the request wasn't accepted. */
	onRefused({ at }: StartedRequest): void {
		if (this.usedUp && at >= this.usedUp.at) this.usedUp.accepted--;
	}

	/** The limit is used up now, if the refused request was sent at this rate. */
	measure({ at }: StartedRequest, now: number): void {
		if (at < this.setAt) return;
		const { usedUp } = this;
		this.perMs = this.current(now);
		this.setAt = now;
		this.growth = Math.max(LEAST_GROWTH, this.growth / 4);
		this.usedUp = { at: now, accepted: 0 };
		if (!usedUp || usedUp.accepted <= 0) return;
		this.perMs = Math.min(this.perMs, usedUp.accepted / (now - usedUp.at));
		if (this.measured !== undefined && usedUp.accepted < MANY) return;
		this.measured = Math.min(this.perMs, this.measured ?? this.firstPerMs);
	}

	/** Idle time doesn't count. */
	onIdle(): void {
		this.usedUp = undefined;
	}

	private current(now: number): number {
		const seconds = (now - this.setAt) / 1000;
		return this.perMs * Math.exp(this.growth * seconds * (1 + seconds / SPEEDING_UP));
	}
}
