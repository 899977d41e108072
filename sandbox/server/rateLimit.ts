import type { FaultAction } from './faults';

/** How many requests the API takes, and how it says when to come again. */
export interface Rate {
	requestsPerSecond: number;
	retryAfter: 'seconds' | 'date' | 'none';
}

/** A token bucket over all API routes. It holds one second's worth of requests. */
export class RateLimit {
	private rate: Rate | null = null;
	private tokens = 0;
	private filledAt = 0;

	/** Sets another rate, with a full bucket; null takes the limit away. */
	set(rate: Rate | null): void {
		this.rate = rate;
		this.tokens = capacity(rate);
		this.filledAt = Date.now();
	}

	/** Takes a token; returns the 429 to answer with when there is none. */
	refuse(): FaultAction | undefined {
		if (!this.rate) return undefined;
		this.refill(this.rate);
		if (this.tokens >= 1) {
			this.tokens -= 1;
			return undefined;
		}
		const seconds = Math.ceil((1 - this.tokens) / this.rate.requestsPerSecond);
		return { status: 429, ...retryAfter(this.rate, seconds) };
	}

	private refill(rate: Rate): void {
		const now = Date.now();
		const gained = ((now - this.filledAt) / 1000) * rate.requestsPerSecond;
		this.tokens = Math.min(capacity(rate), this.tokens + gained);
		this.filledAt = now;
	}
}

const capacity = (rate: Rate | null) => Math.max(1, rate?.requestsPerSecond ?? 0);

function retryAfter(rate: Rate, seconds: number): FaultAction {
	if (rate.retryAfter === 'none') return {};
	return rate.retryAfter === 'date' ? { retryAfterDate: seconds } : { retryAfter: seconds };
}
