/** A request that arrives at the API. */
export interface Arrival {
	/** Milliseconds since the epoch. */
	now: number;
	item: number;
	/** Counted from 1. */
	attempt: number;
}

/** An answer 429, with the value of its `Retry-After`, if any. */
interface Refusal {
	retryAfter?: string;
}

/** A rate limit of an API. The limits below take their times in seconds. */
export interface Limit {
	/** @returns `undefined` if the request is accepted */
	refuse(arrival: Arrival): Refusal | undefined;
	/** Called when an accepted request has been answered. */
	onAnswered?(): void;
}

/** The value of `Retry-After`, given the seconds until the limit accepts a request again. */
export type Header = (seconds: number, now: number) => string | undefined;

export const none: Header = () => undefined;
export const rounded: Header = (seconds) => String(Math.max(1, Math.ceil(seconds)));
export const exact: Header = (seconds) => seconds.toFixed(3);
export const date: Header = (seconds, now) =>
	new Date(Math.ceil(now / 1000 + seconds) * 1000).toUTCString();
export const always =
	(value: string): Header =>
	() =>
		value;

const refusal = (header: Header, seconds: number, now: number): Refusal => ({
	retryAfter: header(seconds, now),
});

/** A token bucket that starts full. */
export function tokenBucket(perSecond: number, burst: number, header: Header): Limit {
	let tokens = burst;
	let filledAt = 0;
	return {
		refuse({ now }) {
			tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
			filledAt = now;
			if (tokens >= 1) {
				tokens--;
				return undefined;
			}
			return refusal(header, (1 - tokens) / perSecond, now);
		},
	};
}

/** `count` requests in each period of the clock, e.g. each full minute, shifted by `offset` seconds. */
export function fixedWindow(count: number, seconds: number, header: Header, offset = 0): Limit {
	const lengthMs = seconds * 1000;
	let current = NaN;
	let taken = 0;
	return {
		refuse({ now }) {
			const shifted = now - offset * 1000;
			const window = Math.floor(shifted / lengthMs);
			if (window !== current) [current, taken] = [window, 0];
			if (taken < count) {
				taken++;
				return undefined;
			}
			return refusal(header, ((window + 1) * lengthMs - shifted) / 1000, now);
		},
	};
}

/** `count` requests within any period of this length. */
export function slidingWindow(count: number, seconds: number, header: Header): Limit {
	const taken: number[] = [];
	return {
		refuse({ now }) {
			while (taken.length && taken[0] <= now - seconds * 1000) taken.shift();
			if (taken.length < count) {
				taken.push(now);
				return undefined;
			}
			return refusal(header, (taken[0] + seconds * 1000 - now) / 1000, now);
		},
	};
}

/** `count` requests in flight. */
export function atOnce(count: number, header: Header): Limit {
	let inFlight = 0;
	return {
		refuse({ now }) {
			if (inFlight >= count) return refusal(header, 0, now);
			inFlight++;
			return undefined;
		},
		onAnswered: () => void inFlight--,
	};
}

/** Refuses this share of the requests, at any rate. */
export function atRandom(share: number, header: Header, random: () => number): Limit {
	return { refuse: ({ now }) => (random() < share ? refusal(header, 0, now) : undefined) };
}

/** Refuses everything in the first `length` of every `every` seconds, except in the first period. */
export function overload(every: number, length: number, header: Header): Limit {
	let startedAt: number | undefined;
	return {
		refuse({ now }) {
			startedAt ??= now;
			const since = (now - startedAt) / 1000;
			const left = length - (since % every);
			return since >= every && left > 0 ? refusal(header, left, now) : undefined;
		},
	};
}

/** Applies one limit until `seconds` after the first request, and then another. */
export function changing(first: Limit, seconds: number, second: Limit): Limit {
	let startedAt: number | undefined;
	return {
		refuse(arrival) {
			startedAt ??= arrival.now;
			return (arrival.now - startedAt < seconds * 1000 ? first : second).refuse(arrival);
		},
	};
}

/** Refuses what any of the limits refuses. One that counts requests in flight has to be the last. */
export function all(...limits: Limit[]): Limit {
	return {
		refuse(arrival) {
			for (const limit of limits) {
				const refused = limit.refuse(arrival);
				if (refused) return refused;
			}
			return undefined;
		},
		onAnswered: () => limits.forEach((limit) => limit.onAnswered?.()),
	};
}

/** Another client shares the limit; it retries its requests until they are accepted. */
export function shared(limit: Limit, othersPerSecond: number): Limit {
	const intervalMs = 1000 / othersPerSecond;
	let next: number | undefined;
	let pending = 0;
	const serveOther = (now: number) => {
		while (pending && !limit.refuse({ now, item: -1, attempt: 1 })) pending--;
	};
	return {
		...limit,
		refuse(arrival) {
			for (next ??= arrival.now; next <= arrival.now; next += intervalMs) {
				pending++;
				serveOther(next);
			}
			serveOther(arrival.now);
			return limit.refuse(arrival);
		},
	};
}
