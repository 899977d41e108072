import type { FaultAction } from './faults';

/** The rate limit, and how a 429 says when to retry. */
export type Rate = { retryAfter: 'seconds' | 'date' | 'none' } & (
	| TokenBucket
	| FixedWindow
	| AtOnce
);

/** Holds one second's worth of requests. */
interface TokenBucket {
	requestsPerSecond: number;
}

/** A number of requests per period; the first starts when the rate is set. */
interface FixedWindow {
	requests: number;
	perSeconds: number;
}

/** A number of concurrent requests. */
interface AtOnce {
	requestsAtOnce: number;
}

export function isRate(value: unknown): value is Rate {
	const given = (value ?? {}) as Record<string, unknown>;
	const isNumber = (name: string) => typeof given[name] === 'number';
	return (
		isNumber('requestsPerSecond') ||
		isNumber('requestsAtOnce') ||
		(isNumber('requests') && isNumber('perSeconds'))
	);
}

/** @returns the seconds to wait, or `undefined` if the request is accepted */
type Limit = (now: number, inFlight: number) => number | undefined;

/** A limit over all API routes. */
export class RateLimit {
	private rate: Rate | null = null;
	private limit: Limit | undefined;
	/** Accepted requests in flight. */
	private readonly inFlight = new Set<object>();

	/** Sets another rate, unused so far; null removes the limit. */
	set(rate: Rate | null): void {
		this.rate = rate;
		this.limit = rate ? limitOf(rate, Date.now()) : undefined;
	}

	/** Counts a request; returns a 429 if it exceeds the limit. */
	refuse(request: object): FaultAction | undefined {
		const seconds = this.limit?.(Date.now(), this.inFlight.size);
		if (this.rate && seconds !== undefined) {
			return { status: 429, ...retryAfter(this.rate, Math.ceil(seconds)) };
		}
		this.inFlight.add(request);
		return undefined;
	}

	/** The request has been answered. */
	release(request: object): void {
		this.inFlight.delete(request);
	}
}

function limitOf(rate: Rate, now: number): Limit {
	if ('requestsAtOnce' in rate) return atOnce(rate);
	return 'requests' in rate ? fixedWindow(rate, now) : tokenBucket(rate, now);
}

function tokenBucket({ requestsPerSecond }: TokenBucket, filled: number): Limit {
	const capacity = Math.max(1, requestsPerSecond);
	let tokens = capacity;
	let filledAt = filled;
	return (now) => {
		tokens = Math.min(capacity, tokens + ((now - filledAt) / 1000) * requestsPerSecond);
		filledAt = now;
		if (tokens < 1) return (1 - tokens) / requestsPerSecond;
		tokens -= 1;
		return undefined;
	};
}

function fixedWindow({ requests, perSeconds }: FixedWindow, began: number): Limit {
	let current = 0;
	let taken = 0;
	return (now) => {
		const window = Math.floor((now - began) / 1000 / perSeconds);
		if (window !== current) [current, taken] = [window, 0];
		if (taken >= requests) return (window + 1) * perSeconds - (now - began) / 1000;
		taken += 1;
		return undefined;
	};
}

const atOnce =
	({ requestsAtOnce }: AtOnce): Limit =>
	(_, inFlight) =>
		inFlight < requestsAtOnce ? undefined : 1;

function retryAfter(rate: Rate, seconds: number): FaultAction {
	if (rate.retryAfter === 'none') return {};
	return rate.retryAfter === 'date' ? { retryAfterDate: seconds } : { retryAfter: seconds };
}
