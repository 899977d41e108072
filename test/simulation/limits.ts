/** A request as a limit sees it. */
export interface Arrival {
	/** Milliseconds since the epoch. */
	now: number;
	item: number;
	/** Counted from 1. */
	attempt: number;
}

/** Answered 429, with this value of `Retry-After` if any. */
export interface Refusal {
	retryAfter?: string;
}

/** What an API takes. Times are in seconds. */
export interface Limit {
	refuse(arrival: Arrival): Refusal | undefined;
	/** A request that was taken has been answered. */
	onAnswered?(): void;
}

/** How a limit fills `Retry-After`, by the seconds until it would take a request again. */
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

/** So many requests in each period; periods begin when the clock says so, or `offset` seconds later. */
export function fixedWindow(count: number, seconds: number, header: Header, offset = 0): Limit {
	const length = seconds * 1000;
	let current = NaN;
	let taken = 0;
	return {
		refuse({ now }) {
			const shifted = now - offset * 1000;
			const window = Math.floor(shifted / length);
			if (window !== current) [current, taken] = [window, 0];
			if (taken < count) {
				taken++;
				return undefined;
			}
			return refusal(header, ((window + 1) * length - shifted) / 1000, now);
		},
	};
}

/** So many requests in any stretch of this length. */
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

export function atOnce(count: number, header: Header): Limit {
	let underWay = 0;
	return {
		refuse({ now }) {
			if (underWay >= count) return refusal(header, 0, now);
			underWay++;
			return undefined;
		},
		onAnswered: () => void underWay--,
	};
}

export function atRandom(share: number, header: Header, random: () => number): Limit {
	return { refuse: ({ now }) => (random() < share ? refusal(header, 0, now) : undefined) };
}

/** Takes nothing for `length` seconds out of each `every`, beginning after the first `every`. */
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

/** One limit until so many seconds after the first request, then another. */
export function changing(first: Limit, seconds: number, second: Limit): Limit {
	let startedAt: number | undefined;
	return {
		refuse(arrival) {
			startedAt ??= arrival.now;
			return (arrival.now - startedAt < seconds * 1000 ? first : second).refuse(arrival);
		},
	};
}

/** Refuses what any of them refuses. One that counts what is under way has to be the last. */
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

/** Another client of the same account sends so often, and tries again all the time until it is taken. */
export function shared(limit: Limit, othersPerSecond: number): Limit {
	const step = 1000 / othersPerSecond;
	let next: number | undefined;
	let pending = 0;
	const serveOther = (now: number) => {
		while (pending && !limit.refuse({ now, item: -1, attempt: 1 })) pending--;
	};
	return {
		...limit,
		refuse(arrival) {
			for (next ??= arrival.now; next <= arrival.now; next += step) {
				pending++;
				serveOther(next);
			}
			serveOther(arrival.now);
			return limit.refuse(arrival);
		},
	};
}
