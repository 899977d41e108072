import { Rate } from './rate';
import { RefusalStreak, type StartedRequest } from './refusalStreak';

/** Milliseconds of the first pause when the API sends no Retry-After; each further one is longer. */
const FIRST_PAUSE = 500;
const PAUSE_GROWTH = 1.5;
const LONGEST_PAUSE = 30_000;
/** Lengthens a pause by up to this share, so that processes that share a limit don't resume together. */
const JITTER = 0.05;
const LONGEST_JITTER = 1000;

/** A request counts as accepted if it isn't refused within twice the time of the slowest refusal. */
const PATIENCE = 2;
const LEAST_PATIENCE = 50;

/** The shortest time, in milliseconds, to average accepted requests over. */
const SHORTEST_AVERAGE = 1000;

/** A limit that takes longer than this (ms) to lift is a window: its requests go out at once, not spaced. */
const SHORTEST_WINDOW = 2500;

/** Nothing is sent before `until`, then one request at a time (the probe) until one is accepted. */
interface Pause {
	/** When the first refused request was started. */
	since: number;
	until: number;
	/** Milliseconds of the next pause if the API sends no Retry-After. */
	step: number;
	/** The end of Retry-After; 0 for none. */
	told: number;
	probe?: StartedRequest;
	lastRefusedProbe?: number;
}

/** A number of requests that go out at once in each period. */
interface Window {
	count: number;
	/** Milliseconds from its first request until more are accepted: bounds. */
	least: number;
	most: number;
}

/**
 * Decides when the next request may start. Learns an API's limit of requests per time from refusals alone:
 *
 * 1. A refusal among answers says nothing about the pace: only that request waits.
 * 2. A streak of refusals that is unlikely by chance shows that the limit is used up. All requests wait as
 *    long as Retry-After says, or for growing pauses, and then go out one at a time as probes. Meanwhile
 *    no more requests are sent at once than it takes to see such a streak.
 * 3. The requests accepted between two pauses, over the time between them, are the limit: a rate at which
 *    requests are spaced, or after long pauses a window whose requests go out at once.
 * 4. The rate grows until it is refused; two refusals measure it. If requests are refused well below the
 *    measured rate, the pace is not the cause, and the rate is dropped.
 *
 * Times are milliseconds since the epoch.
 */
export class Pace {
	private readonly streak = new RefusalStreak();
	private pause?: Pause;
	private rate?: Rate;
	private window?: Window;
	/** Requests not refused since the first request, or since the probe that ended the last pause. */
	private stretch?: { began: number; accepted: number };
	private slowestRefusal = 0;

	/** @param random from 0 to 1 */
	constructor(private readonly random: () => number) {}

	get isPaused(): boolean {
		return this.pause !== undefined;
	}

	/** When the next request may start; a time in the past means at once. */
	nextStart(now: number): number {
		const probe = this.pause?.probe;
		if (probe) {
			const acceptedAt = probe.at + this.patience;
			if (now < acceptedAt) return acceptedAt;
			this.resume(this.pause!, probe);
		}
		if (!this.pause && this.window && this.stretch && this.stretch.accepted >= this.window.count) {
			this.pause = this.untilWindowEnds(this.window, this.stretch.began, now);
		}
		return this.pause?.until ?? Math.max(this.rate?.nextStart ?? now, this.endOfDoubt(now));
	}

	/** Milliseconds after which a request without an outcome counts as accepted. */
	private get patience(): number {
		return Math.max(LEAST_PATIENCE, PATIENCE * this.slowestRefusal);
	}

	/**
	 * After a refusal, limits the requests in flight to those it takes to see that the limit is used up,
	 * and those that the API accepts meanwhile: more would be refused.
	 */
	private endOfDoubt(now: number): number {
		const suspects = this.streak.suspects(now - this.patience);
		if (!suspects.some(({ isRefused }) => isRefused)) return now;
		if (suspects.length < this.streak.needed(suspects) + this.acceptedInPatience(now)) return now;
		const open = suspects.find(({ isRefused }) => !isRefused);
		return open ? open.at + this.patience : now;
	}

	/** How many requests the API accepts within `patience`, by the average so far. */
	private acceptedInPatience(now: number): number {
		const { began, accepted } = this.stretch ?? { began: now, accepted: 0 };
		return (accepted * this.patience) / Math.max(SHORTEST_AVERAGE, now - began);
	}

	onStart(request: StartedRequest): void {
		this.stretch ??= { began: request.at, accepted: 0 };
		this.stretch.accepted++;
		if (this.pause) this.pause.probe = request;
		this.streak.onStart(request);
		this.rate?.onStart(request);
	}

	onSuccess(request: StartedRequest): void {
		if (this.pause?.probe === request) this.resume(this.pause, request);
		this.streak.onSuccess(request);
	}

	/**
	 * @param wait milliseconds to wait, by Retry-After; 0 for none
	 * @param isExplained whether the number of requests in flight explains the refusal
	 */
	onRefused(request: StartedRequest, now: number, wait: number, isExplained: boolean): void {
		this.slowestRefusal = Math.max(now - request.at, this.slowestRefusal * 0.9);
		if (this.stretch && request.at >= this.stretch.began) this.stretch.accepted--;
		this.rate?.onRefused(request);
		const told = wait ? now + wait : 0;
		if (this.pause) this.onRefusedWhilePaused(this.pause, request, now, told);
		else if (isExplained) request.isRefused = true;
		else this.onRefusedUnexplained(request, now, told);
	}

	/** There is nothing to send: idle time doesn't count when the limit is measured. */
	onIdle(): void {
		this.stretch = undefined;
		this.rate?.onIdle();
	}

	/** The outcome says nothing about the pace. */
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
		if (this.window && this.stretch && this.stretch.accepted >= this.window.count - 1) return true;
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

	/** The probe is accepted: the requests since the last pause, over the time since then, are the limit. */
	private resume(pause: Pause, probe: StartedRequest): void {
		const { began, accepted } = this.stretch ?? { began: probe.at, accepted: 1 };
		const count = accepted - 1;
		const period = probe.at - began;
		if (count > 0 && probe.at - pause.since > SHORTEST_WINDOW) {
			const isTold = pause.told > 0 && pause.told <= probe.at;
			const notBefore = (pause.lastRefusedProbe ?? pause.since) - began;
			const least = isTold ? period : notBefore + (period - notBefore) / 4;
			// One more than before, since the limit may be higher.
			this.window = { count: count + 1, least, most: period };
			this.rate = undefined;
		} else if (count > 0) {
			this.window = undefined;
			this.rate = new Rate(count / period, probe.at);
		}
		this.stretch = { began: probe.at, accepted: 1 };
		this.pause = undefined;
		this.streak.forget();
	}
}
