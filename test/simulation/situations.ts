import {
	all,
	always,
	atOnce,
	atRandom,
	changing,
	date,
	exact,
	fixedWindow,
	none,
	overload,
	rounded,
	shared,
	slidingWindow,
	tokenBucket,
	type Header,
	type Limit,
} from './limits';
import type { Load } from './simulate';

/** A rate limit, what is sent, and how long that takes at best. */
export interface Situation extends Load {
	name: string;
	/** @param random returns numbers from 0 to 1 */
	limitOf: (random: () => number) => Limit;
	/** The seconds that a client needs that knows the limit. */
	ideal: number;
	/** The target: the maximum of the wall time over the ideal. */
	target?: number;
	/** Whether items are given up, since the API asks for longer waits than 'Max Wait for Rate Limit'. */
	undeliverable?: boolean;
}

const DEFAULTS = { items: 60, answerMs: 100, parallel: 10 };

/** A situation with the usual load, unless `rest` says otherwise. */
const situation = (
	name: string,
	limitOf: Situation['limitOf'],
	ideal: number,
	rest: Partial<Situation> = {},
): Situation => ({ name, limitOf, ideal, ...DEFAULTS, ...rest });

/** A situation in which a share of the requests is refused: each is sent 1 / (1 - share) times. */
const random = (
	name: string,
	share: number,
	header: Header,
	load: Partial<Situation>,
): Situation => {
	const { items, answerMs, parallel } = { ...DEFAULTS, ...load };
	const ideal = ((items / (1 - share) / parallel) * answerMs) / 1000;
	return situation(name, (rng) => atRandom(share, header, rng), ideal, load);
};

/** In the names, `RA` is the header `Retry-After`. */
export const SITUATIONS: Situation[] = [
	situation('no limit', () => ({ refuse: () => undefined }), 3, { items: 300 }),

	situation('5 a second, RA', () => tokenBucket(5, 5, rounded), 11.1, { target: 1.15 }),
	situation('5 a second', () => tokenBucket(5, 5, none), 11.1, { target: 1.3 }),
	situation('5 a second, RA, answers in 10 ms', () => tokenBucket(5, 5, rounded), 11, {
		answerMs: 10,
		target: 1.15,
	}),
	situation('5 a second, answers in 10 ms', () => tokenBucket(5, 5, none), 11, {
		answerMs: 10,
		target: 1.3,
	}),
	situation('5 a second, answers in 1 s', () => tokenBucket(5, 5, none), 12, { answerMs: 1000 }),
	situation('5 a second, RA, answers in 3 s', () => tokenBucket(5, 5, rounded), 18, {
		answerMs: 3000,
	}),
	situation('5 a second, RA, answers in 3 s, 50 at once', () => tokenBucket(5, 5, rounded), 14, {
		answerMs: 3000,
		parallel: 50,
	}),
	situation('5 a second, 60 ms away, answers in 0.5 s', () => tokenBucket(5, 5, none), 59.5, {
		items: 300,
		answerMs: 500,
		networkMs: 60,
	}),
	situation(
		'5 a second, RA, 60 ms away, answers in 1.5 s',
		() => tokenBucket(5, 5, rounded),
		60.5,
		{
			items: 300,
			answerMs: 1500,
			networkMs: 60,
		},
	),
	situation('2 a second, answers in 60 s, 20 at once', () => tokenBucket(2, 2, none), 180, {
		answerMs: 60_000,
		parallel: 20,
		target: 1.2,
	}),
	situation('5 a second, RA, 300 items', () => tokenBucket(5, 5, rounded), 59.1, { items: 300 }),
	situation('5 a second, 300 items', () => tokenBucket(5, 5, none), 59.1, { items: 300 }),
	situation('5 a second, RA, 1,000 items', () => tokenBucket(5, 5, rounded), 199.1, {
		items: 1000,
	}),
	situation('5 a second, 1,000 items', () => tokenBucket(5, 5, none), 199.1, { items: 1000 }),
	situation('5 a second, RA, 5,000 items', () => tokenBucket(5, 5, rounded), 999.1, {
		items: 5000,
	}),
	situation('5 a second, 5,000 items', () => tokenBucket(5, 5, none), 999.1, { items: 5000 }),
	situation('5 a second, RA, 300 items, 50 at once', () => tokenBucket(5, 5, rounded), 59.1, {
		items: 300,
		parallel: 50,
	}),
	situation('5 a second, a burst of 20', () => tokenBucket(5, 20, none), 20.1, { items: 120 }),
	situation('5 a second, no burst, RA', () => tokenBucket(5, 1, rounded), 11.9),
	situation('5 a second, no burst', () => tokenBucket(5, 1, none), 11.9),
	situation('1 a second, no burst, RA', () => tokenBucket(1, 1, rounded), 59.1),
	situation('50 a second, RA', () => tokenBucket(50, 50, rounded), 9, { items: 500 }),

	situation('5 a second, RA 0.25', () => tokenBucket(5, 5, always('0.25')), 11.1),
	situation('5 a second, RA in fractions', () => tokenBucket(5, 5, exact), 11.1),
	situation('5 a second, RA 0', () => tokenBucket(5, 5, always('0')), 11.1),
	situation('5 a second, RA -5', () => tokenBucket(5, 5, always('-5')), 11.1),
	situation('5 a second, RA "soon"', () => tokenBucket(5, 5, always('soon')), 11.1),
	situation('5 a second, RA 60 (far too long)', () => tokenBucket(5, 5, always('60')), 60),
	situation('5 a second, RA of an hour', () => tokenBucket(5, 5, always('3600')), 11.1, {
		undeliverable: true,
	}),

	situation('20 in 5 s, RA', () => fixedWindow(20, 5, rounded), 10.2, { target: 1.2 }),
	situation('20 in 5 s', () => fixedWindow(20, 5, none), 10.2, { target: 1.4 }),
	situation('20 in 5 s, RA, began 3 s ago', () => fixedWindow(20, 5, rounded, 2), 7.2),
	situation('20 in 5 s, began 3 s ago', () => fixedWindow(20, 5, none, 2), 7.2),
	situation('60 in a minute, RA', () => fixedWindow(60, 60, rounded), 240.6, { items: 300 }),
	situation('60 in a minute, RA as a date', () => fixedWindow(60, 60, date), 240.6, {
		items: 300,
	}),
	situation('60 in a minute', () => fixedWindow(60, 60, none), 240.6, { items: 300 }),
	situation('60 in any minute', () => slidingWindow(60, 60, none), 240.6, { items: 300 }),
	situation('10 in any second, RA in fractions', () => slidingWindow(10, 1, exact), 5.1),

	situation('3 at once', () => atOnce(3, none), 4, { answerMs: 200, target: 1.5 }),
	situation('3 at once, answers in 100 ms', () => atOnce(3, none), 2, { target: 1.5 }),
	situation('3 at once, answers in 2 s', () => atOnce(3, none), 40, { answerMs: 2000 }),
	situation('3 at once, 300 items', () => atOnce(3, none), 20, { answerMs: 200, items: 300 }),
	situation('3 at once, RA 1', () => atOnce(3, always('1')), 4, { answerMs: 200 }),
	situation('1 at once', () => atOnce(1, none), 6),
	situation('10 of 50 at once', () => atOnce(10, none), 30, {
		answerMs: 1000,
		parallel: 50,
		items: 300,
	}),

	random('5% at random', 0.05, none, { items: 200, target: 1.5 }),
	random('5% at random, RA 1', 0.05, always('1'), { items: 300 }),
	random('20% at random', 0.2, none, { items: 200, target: 2 }),
	random('20% at random, answers in 20 ms', 0.2, none, { items: 300, answerMs: 20 }),
	random('20% at random, answers in 1 s', 0.2, none, { items: 100, answerMs: 1000 }),
	random('20% at random, 50 at once', 0.2, none, { items: 500, answerMs: 1000, parallel: 50 }),
	random('20% at random, RA 1', 0.2, always('1'), { items: 100, target: 3 }),
	random('20% at random, RA 1, 200 items', 0.2, always('1'), { items: 200 }),
	situation('20% at random, RA 30', (rng) => atRandom(0.2, always('30'), rng), 31, {
		items: 200,
	}),
	random('50% at random', 0.5, none, { items: 200 }),
	situation(
		'10% at random and 5 a second',
		(rng) => all(atRandom(0.1, none, rng), tokenBucket(5, 5, none)),
		11.1,
	),

	// The other client sends two requests a second and gets its share at once.
	situation(
		'5 a second with another client, RA',
		() => shared(tokenBucket(5, 5, rounded), 2),
		18.4,
	),
	situation('5 a second with another client', () => shared(tokenBucket(5, 5, none), 2), 18.4),
	situation('20 in 5 s with another client', () => shared(fixedWindow(20, 5, none), 2), 25.2),

	situation('overloaded for 2 s of 10, RA', () => overload(10, 2, rounded), 12, { items: 1000 }),
	situation('overloaded for 2 s of 10', () => overload(10, 2, none), 22, { items: 2000 }),
	situation(
		'2 a second, after 10 s 20',
		() => changing(tokenBucket(2, 2, none), 10, tokenBucket(20, 20, none)),
		11.9,
		{ items: 80 },
	),
	situation(
		'20 a second, after 4 s 2',
		() => changing(tokenBucket(20, 20, none), 4, tokenBucket(2, 2, none)),
		28,
		{ items: 150 },
	),
];
