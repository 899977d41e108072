import { Rate } from './rate';
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

/** Milliseconds over which requests count as taken on average. */
const SHORTEST_AVERAGE = 1000;

/** A limit that took longer than this to be lifted is a window: spreading its requests would cost up to that. */
const SHORTEST_WINDOW = 2500;

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
 * 2. A streak of refusals that is unlikely at random shows that the limit is used up; no more are sent at
 *    once than make one. All wait as long as the API asks, or growing pauses, and then probe with one
 *    request at a time.
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
	private slowestRefusal = 0;

	/** @param random from 0 to 1 */
	constructor(private readonly random: () => number) {}

	get isPaused(): boolean {
		return this.pause !== undefined;
	}

	/** When the next request may start; a time that is over when it may at once. */
	nextStart(now: number): number {
		const probe = this.pause?.probe;
		if (probe) {
			const takenAt = probe.at + this.patience;
			if (now < takenAt) return takenAt;
			this.resume(this.pause!, probe);
		}
		if (!this.pause && this.window && this.stretch && this.stretch.taken >= this.window.count) {
			this.pause = this.untilWindowEnds(this.window, this.stretch.began, now);
		}
		return this.pause?.until ?? Math.max(this.rate?.nextStart ?? now, this.endOfDoubt(now));
	}

	/** Milliseconds after which a request that is not refused counts as taken. */
	private get patience(): number {
		return Math.max(LEAST_PATIENCE, PATIENCE * this.slowestRefusal);
	}

	/**
	 * After a refusal no more may be on their way than show that the limit is used up, besides those that
	 * it takes meanwhile: the rest would be refused.
	 */
	private endOfDoubt(now: number): number {
		const suspects = this.streak.suspects(now - this.patience);
		if (!suspects.some(({ isRefused }) => isRefused)) return now;
		if (suspects.length < this.streak.needed(suspects) + this.takenInPatience(now)) return now;
		const open = suspects.find(({ isRefused }) => !isRefused);
		return open ? open.at + this.patience : now;
	}

	/** How many requests are taken in the time of patience, by the average so far. */
	private takenInPatience(now: number): number {
		const { began, taken } = this.stretch ?? { began: now, taken: 0 };
		return (taken * this.patience) / Math.max(SHORTEST_AVERAGE, now - began);
	}

	onStart(request: StartedRequest): void {
		this.stretch ??= { began: request.at, taken: 0 };
		this.stretch.taken++;
		if (this.pause) this.pause.probe = request;
		this.streak.onStart(request);
		this.rate?.onStart(request);
	}

	onSuccess(request: StartedRequest): void {
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
		this.rate?.onRefused(request);
		const told = wait ? now + wait : 0;
		if (this.pause) this.onRefusedWhilePaused(this.pause, request, now, told);
		else if (isExplained) request.isRefused = true;
		else this.onRefusedUnexplained(request, now, told);
	}

	/** Nothing is to be sent: the time until something is does not count as time that the limit took. */
	onIdle(): void {
		this.stretch = undefined;
		this.rate?.onIdle();
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
		const { rate } = this;
		if (rate?.isRefuted(now)) {
			this.rate = undefined;
			return;
		}
		const streak = this.streak.longest();
		const since = (streak[0] ?? request).at;
		if (this.isUsedUp(streak)) this.startPause(since, now, told);
		else rate?.measure(now);
	}

	private isUsedUp(streak: StartedRequest[]): boolean {
		if (this.window && this.stretch && this.stretch.taken >= this.window.count - 1) return true;
		return streak.length >= this.streak.needed(streak);
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
			this.rate = new Rate(count / period, probe.at);
		}
		this.stretch = { began: probe.at, taken: 1 };
		this.pause = undefined;
		this.streak.forget();
	}
}
