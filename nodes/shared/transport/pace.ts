import { RefusalStreak, type StartedRequest } from './refusalStreak';

/** Milliseconds of a pause whose length the API does not tell; each is longer, until one is enough. */
const FIRST_PAUSE = 500;
const PAUSE_GROWTH = 1.5;
const LONGEST_PAUSE = 30_000;
/** A pause is up to this share longer, so that processes that share a limit do not resume together. */
const JITTER = 0.05;
const LONGEST_JITTER = 1000;

/** A request that is not refused in twice the time of the slowest refusal counts as taken. */
const PATIENCE = 2;
const LEAST_PATIENCE = 50;

/** A limit that took longer than this to be lifted is a window: spreading its requests would cost up to that. */
const SHORTEST_WINDOW = 2500;

/** How unlikely a streak of refusals must be to show that the API takes nothing more for now. */
const UNLIKELY = 0.001;
const UNLIKELY_AT_A_RATE = 0.005;
/** Each time that a pace turned out not to be the cause, the next streak must be so much less likely. */
const AFTER_MISTAKE = 0.03;

/** A rate grows by this share a second and faster as time goes on; half as fast after each refusal. */
const FIRST_GROWTH = 0.03;
const LEAST_GROWTH = 0.015;
const SPEEDING_UP = 2;
/** Below this share of a rate that was measured, refusals are not caused by the rate. */
const REFUTED_BELOW = 0.7;
const MARGIN = 0.98;
/** A first measurement lower than this share of the rate is no slight excess and waits for a second one. */
const SLIGHT_EXCESS = 0.6;

/** Nothing is sent until `until`, then one request at a time (the probe) until one is taken. */
interface Pause {
	/** When the first request that was refused had been started. */
	since: number;
	until: number;
	/** Milliseconds that the next pause takes if the API does not tell. */
	step: number;
	/** Until when the API asks to wait; 0 when it does not say. */
	told: number;
	probe?: StartedRequest;
	lastRefusedProbe?: number;
}

/** Requests are spaced. */
interface Rate {
	perMs: number;
	/** Growth a second. */
	growth: number;
	setAt: number;
	refused: number;
	/** The first rate that was measured between two refusals. */
	measured?: number;
}

/** So many requests go out at once in each period. */
interface Window {
	count: number;
	/** Milliseconds from its first request until more are taken: at least and at most. */
	least: number;
	most: number;
}

/**
 * When the next request may start. Learns an API's limit of requests in a time from refusals alone:
 *
 * 1. A refusal among answers is that request's own matter: it alone waits.
 * 2. A streak of refusals that is unlikely at random shows that the limit is used up. All wait as long as
 *    the API asks, or growing pauses, and then probe with one request at a time.
 * 3. What was taken between two pauses, over the time from one to the next, is the limit: a rate at which
 *    requests are spaced, or for long pauses a window whose share goes out at once.
 * 4. A rate grows until it is refused; two refusals measure it. If refusals go on well below what was
 *    measured, they do not come from our pace, and the rate is dropped.
 *
 * Times are milliseconds since the epoch.
 */
export class Pace {
	private readonly streak = new RefusalStreak();
	private pause?: Pause;
	private rate?: Rate;
	private window?: Window;
	/** Since the first request, or the one that ended the last pause: when, and how many were not refused. */
	private stretch?: { began: number; taken: number };
	/** The same since the last refusal at a rate, when the limit was used up. */
	private usedUp?: { at: number; taken: number };
	private nextAtRate = 0;
	private slowestRefusal = 0;
	private mistakes = 0;
	private refusedInARow = 0;

	/** @param random from 0 to 1 */
	constructor(private readonly random: () => number) {}

	get isPaused(): boolean {
		return this.pause !== undefined;
	}

	/** So many fewer should be in flight until an answer comes: their places would only be refused again. */
	get doubts(): number {
		return this.refusedInARow;
	}

	/** When the next request may start; a time that is over when it may at once. */
	nextStart(now: number): number {
		const probe = this.pause?.probe;
		if (probe) {
			const takenAt = probe.at + Math.max(LEAST_PATIENCE, PATIENCE * this.slowestRefusal);
			if (now < takenAt) return takenAt;
			this.resume(this.pause!, probe);
		}
		if (!this.pause && this.window && this.stretch && this.stretch.taken >= this.window.count) {
			this.pause = this.untilWindowEnds(this.window, this.stretch.began, now);
		}
		return this.pause?.until ?? (this.rate ? this.nextAtRate : now);
	}

	onStart(request: StartedRequest): void {
		this.stretch ??= { began: request.at, taken: 0 };
		this.stretch.taken++;
		if (this.usedUp) this.usedUp.taken++;
		if (this.pause) this.pause.probe = request;
		this.streak.onStart(request);
		if (!this.rate) return;
		const interval = 1 / currentRate(this.rate, request.at);
		// A start that comes a little late is made up for by the next.
		this.nextAtRate = Math.max(this.nextAtRate, request.at - interval) + interval;
	}

	onSuccess(request: StartedRequest): void {
		this.refusedInARow = 0;
		if (this.pause?.probe === request) this.resume(this.pause, request);
		this.streak.onSuccess(request);
	}

	/**
	 * @param wait how long the API asks to wait, in milliseconds; 0 when it does not say
	 * @param isExplained whether the number of requests in flight explains the refusal
	 */
	onRefused(request: StartedRequest, now: number, wait: number, isExplained: boolean): void {
		this.slowestRefusal = Math.max(now - request.at, this.slowestRefusal * 0.9);
		if (this.stretch && request.at >= this.stretch.began) this.stretch.taken--;
		if (this.usedUp && request.at >= this.usedUp.at) this.usedUp.taken--;
		const told = wait ? now + wait : 0;
		if (this.pause) this.onRefusedWhilePaused(this.pause, request, now, told);
		else if (isExplained) this.streak.ignore(request);
		else this.onRefusedUnexplained(request, now, told);
	}

	/** Nothing is to be sent: the time until something is does not count as time that the limit took. */
	onIdle(): void {
		this.stretch = undefined;
		this.usedUp = undefined;
	}

	/** The request ended without a word of the API on its pace. */
	onUnknown(request: StartedRequest): void {
		this.streak.ignore(request);
	}

	private onRefusedWhilePaused(
		pause: Pause,
		request: StartedRequest,
		now: number,
		told: number,
	): void {
		pause.told = Math.max(pause.told, told);
		if (pause.probe !== request) {
			pause.until = Math.max(pause.until, told);
			return;
		}
		pause.probe = undefined;
		pause.lastRefusedProbe = now;
		pause.step = Math.min(LONGEST_PAUSE, pause.step * PAUSE_GROWTH);
		this.setEnd(pause, now);
	}

	private onRefusedUnexplained(request: StartedRequest, now: number, told: number): void {
		this.streak.onRefused(request);
		this.refusedInARow++;
		const { rate } = this;
		if (rate?.measured && currentRate(rate, now) < rate.measured * REFUTED_BELOW) {
			this.rate = undefined;
			this.mistakes++;
			return;
		}
		const streak = this.streak.longest();
		const since = (streak[0] ?? request).at;
		if (this.isUsedUp(streak.length)) this.startPause(since, now, told);
		else if (rate) this.measure(rate, now);
	}

	private isUsedUp(refusals: number): boolean {
		if (this.window && this.stretch && this.stretch.taken >= this.window.count - 1) return true;
		const hasLimit = this.rate ?? this.window;
		const chance = hasLimit ? UNLIKELY_AT_A_RATE : UNLIKELY * AFTER_MISTAKE ** this.mistakes;
		return this.streak.isUnlikely(refusals, chance);
	}

	private startPause(since: number, now: number, told: number): void {
		if (this.window && this.stretch && !told) {
			this.pause = this.untilWindowEnds(this.window, this.stretch.began, now);
			return;
		}
		this.pause = { since, until: 0, step: FIRST_PAUSE, told };
		this.setEnd(this.pause, now);
	}

	private untilWindowEnds({ least, most }: Window, began: number, now: number): Pause {
		const step = Math.max(FIRST_PAUSE / PAUSE_GROWTH, (most - least) / 4);
		return { since: now, until: Math.max(now, began + least), step, told: 0 };
	}

	private setEnd(pause: Pause, now: number): void {
		const { told, step } = pause;
		const end = Math.max(told, now + step);
		pause.until = end + Math.min(LONGEST_JITTER, (end - now) * JITTER) * this.random();
	}

	/** The probe is taken: what went out since the last pause, and how long it took until now, is the limit. */
	private resume(pause: Pause, probe: StartedRequest): void {
		const { began, taken } = this.stretch ?? { began: probe.at, taken: 1 };
		const count = taken - 1;
		const period = probe.at - began;
		if (count > 0 && probe.at - pause.since > SHORTEST_WINDOW) {
			const isTold = pause.told > 0 && pause.told <= probe.at;
			const notBefore = (pause.lastRefusedProbe ?? pause.since) - began;
			const least = isTold ? period : notBefore + (period - notBefore) / 4;
			// One more than before, as it may be more.
			this.window = { count: count + 1, least, most: period };
			this.rate = undefined;
		} else if (count > 0) {
			this.window = undefined;
			this.rate = {
				perMs: count / period,
				growth: FIRST_GROWTH,
				setAt: probe.at,
				refused: 0,
				measured: this.rate?.measured,
			};
			this.nextAtRate = probe.at + period / count;
		}
		this.usedUp = { at: pause.since, taken: 1 };
		this.stretch = { began: probe.at, taken: 1 };
		this.pause = undefined;
		this.refusedInARow = 0;
		this.streak.forget();
	}

	/** A refusal at a rate: the limit is used up now, as at the refusal before; what was taken between is the rate. */
	private measure(rate: Rate, now: number): void {
		const { at, taken } = this.usedUp ?? { at: now, taken: 0 };
		const current = currentRate(rate, now);
		const measured = Math.min(current, taken / (now - at));
		const isFirst = rate.refused === 0;
		this.usedUp = { at: now, taken: 0 };
		rate.refused++;
		rate.setAt = now;
		rate.growth = Math.max(LEAST_GROWTH, rate.growth / 2);
		rate.perMs = current;
		// The first time, the pause is part of the measurement, which only a limit of the rate justifies.
		if (taken === 0 || (isFirst && measured < current * SLIGHT_EXCESS)) return;
		rate.perMs = measured * MARGIN;
		rate.measured ??= rate.perMs;
	}
}

/** Requests a millisecond: as it was set, grown since. */
function currentRate({ perMs, growth, setAt }: Rate, now: number): number {
	const seconds = (now - setAt) / 1000;
	return perMs * Math.exp(growth * seconds * (1 + seconds / SPEEDING_UP));
}
