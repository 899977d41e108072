import { Rate } from './rate';
import { RefusalStreak, type StartedRequest } from './refusalStreak';

/** The first pause if the API sends no Retry-After; each further one is longer. */
const FIRST_PAUSE_MS = 500;
const PAUSE_GROWTH = 1.5;
const LONGEST_PAUSE_MS = 30_000;
/** Lengthens a pause by up to this share, so that processes that share a limit don't resume together. */
const JITTER = 0.05;
const LONGEST_JITTER_MS = 1000;

/** A request counts as accepted if it isn't refused within twice the time of the slowest refusal. */
const PATIENCE = 2;
const LEAST_PATIENCE_MS = 50;

/** So many refusals may have the pace as their cause, even without a streak. */
const HIGH_SHARE = 1 / 3;

/** The shortest time to average accepted requests over. */
const SHORTEST_AVERAGE_MS = 1000;

/** A limit that takes longer than this to lift is a window: its requests go out at once, not spaced. */
const SHORTEST_WINDOW_MS = 2500;

/** Nothing is sent before `until`, then one request at a time (the probe) until one is accepted. */
interface Pause {
	/** When the first refused request was started. */
	since: number;
	until: number;
	/** The length of the next pause if the API sends no Retry-After. */
	stepMs: number;
	/** When Retry-After ends; 0 for none. */
	retryAt: number;
	probe?: StartedRequest;
	lastRefusedProbe?: number;
}

/** A number of requests that go out at once in each period. */
interface Window {
	count: number;
	/** The shortest and longest time from its first request until more are accepted. */
	leastMs: number;
	mostMs: number;
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
 * 5. If refusals take long to arrive, others are accepted meanwhile, and there is no streak. So when a high
 *    share is refused, requests are spaced at the average rate until now, once: 4. shows if that helps.
 *
 * Times are milliseconds since the epoch.
 */
export class Pace {
	private readonly streak = new RefusalStreak();
	private pause?: Pause;
	private rate?: Rate;
	private window?: Window;
	/** The requests not refused since the first one, or since the probe that ended the last pause. */
	private measurement?: { began: number; accepted: number };
	private slowestRefusalMs = 0;
	/** Whether refusals didn't depend on the pace since the last pause. */
	private isRefuted = false;

	/** @param random from 0 to 1 */
	constructor(private readonly random: () => number) {}

	get isPaused(): boolean {
		return this.pause !== undefined;
	}

	/** When the pause ends; 0 without one. */
	get pausedUntil(): number {
		return this.pause?.until ?? 0;
	}

	/** When the next request may start; a time in the past means at once. */
	nextStart(now: number): number {
		const probe = this.pause?.probe;
		if (probe) {
			const acceptedAt = probe.at + this.patienceMs;
			if (now < acceptedAt) return acceptedAt;
			this.resume(this.pause!, probe);
		}
		if (
			!this.pause &&
			this.window &&
			this.measurement &&
			this.measurement.accepted >= this.window.count
		) {
			this.pause = this.untilWindowEnds(this.window, this.measurement.began, now);
		}
		return this.pause?.until ?? Math.max(this.rate?.nextStart ?? now, this.endOfDoubt(now));
	}

	/** A request without an outcome counts as accepted after this time. */
	private get patienceMs(): number {
		return Math.max(LEAST_PATIENCE_MS, PATIENCE * this.slowestRefusalMs);
	}

	/**
	 * After a refusal, limits the requests in flight to those it takes to see that the limit is used up,
	 * and those that the API accepts meanwhile: more would be refused.
	 */
	private endOfDoubt(now: number): number {
		const suspects = this.streak.suspects(now - this.patienceMs);
		if (!suspects.some(({ isRefused }) => isRefused)) return now;
		const enough = this.streak.needed(suspects) + this.averageRate(now) * this.patienceMs;
		if (suspects.length < enough) return now;
		const open = suspects.find(({ isRefused }) => !isRefused);
		return open ? open.at + this.patienceMs : now;
	}

	/** How many requests the API accepts per millisecond, by the average so far. */
	private averageRate(now: number): number {
		const { began, accepted } = this.measurement ?? { began: now, accepted: 0 };
		return accepted / Math.max(SHORTEST_AVERAGE_MS, now - began);
	}

	onStart(request: StartedRequest): void {
		this.measurement ??= { began: request.at, accepted: 0 };
		this.measurement.accepted++;
		if (this.pause) this.pause.probe = request;
		this.streak.onStart(request);
		this.rate?.onStart(request);
	}

	onSuccess(request: StartedRequest): void {
		if (this.pause?.probe === request) this.resume(this.pause, request);
		this.streak.onSuccess(request);
	}

	/**
	 * @param waitMs by Retry-After; 0 for none
	 * @param isExplained whether the number of requests in flight explains the refusal
	 */
	onRefused(request: StartedRequest, now: number, waitMs: number, isExplained: boolean): void {
		this.slowestRefusalMs = Math.max(now - request.at, this.slowestRefusalMs * 0.9);
		if (this.measurement && request.at >= this.measurement.began) this.measurement.accepted--;
		this.rate?.onRefused(request);
		const retryAt = waitMs ? now + waitMs : 0;
		if (this.pause) this.onRefusedWhilePaused(this.pause, request, now, retryAt);
		else if (isExplained) request.isRefused = true;
		else this.onRefusedUnexplained(request, now, retryAt);
	}

	/** There is nothing to send: idle time doesn't count when the limit is measured. */
	onIdle(): void {
		this.measurement = undefined;
		this.rate?.onIdle();
	}

	/** The outcome says nothing about the pace. */
	onUnknown(request: StartedRequest): void {
		if (this.pause?.probe === request) this.pause.probe = undefined;
		this.streak.ignore(request);
	}

	private onRefusedWhilePaused(
		pause: Pause,
		request: StartedRequest,
		now: number,
		retryAt: number,
	): void {
		pause.retryAt = Math.max(pause.retryAt, retryAt);
		if (pause.probe !== request) {
			pause.until = Math.max(pause.until, retryAt);
			return;
		}
		pause.probe = undefined;
		pause.lastRefusedProbe = now;
		pause.stepMs = Math.min(LONGEST_PAUSE_MS, pause.stepMs * PAUSE_GROWTH);
		this.setEnd(pause, now);
	}

	private onRefusedUnexplained(request: StartedRequest, now: number, retryAt: number): void {
		this.streak.onRefused(request);
		const { rate } = this;
		if (rate?.isRefuted(now)) {
			this.rate = undefined;
			this.isRefuted = true;
			return;
		}
		const streak = this.streak.longest();
		const since = (streak[0] ?? request).at;
		if (this.isUsedUp(streak)) this.startPause(since, now, retryAt);
		else if (rate) rate.measure(request, now);
		else if (this.streak.share > HIGH_SHARE) this.tryAverage(now);
	}

	private tryAverage(now: number): void {
		if (this.window || this.isRefuted) return;
		const perMs = this.averageRate(now);
		if (perMs > 0) this.rate = new Rate(perMs, now);
	}

	private isUsedUp(streak: StartedRequest[]): boolean {
		if (this.window && this.measurement && this.measurement.accepted >= this.window.count - 1)
			return true;
		return streak.length >= this.streak.needed(streak);
	}

	private startPause(since: number, now: number, retryAt: number): void {
		if (this.window && this.measurement && !retryAt) {
			this.pause = this.untilWindowEnds(this.window, this.measurement.began, now);
			return;
		}
		this.pause = { since, until: 0, stepMs: FIRST_PAUSE_MS, retryAt };
		this.setEnd(this.pause, now);
	}

	private untilWindowEnds({ leastMs, mostMs }: Window, began: number, now: number): Pause {
		const stepMs = Math.max(FIRST_PAUSE_MS / PAUSE_GROWTH, (mostMs - leastMs) / 4);
		return { since: now, until: Math.max(now, began + leastMs), stepMs, retryAt: 0 };
	}

	private setEnd(pause: Pause, now: number): void {
		const end = Math.max(pause.retryAt, now + pause.stepMs);
		pause.until = end + Math.min(LONGEST_JITTER_MS, (end - now) * JITTER) * this.random();
	}

	/** Called when the probe is accepted: learns the limit from the requests since the last pause. */
	private resume(pause: Pause, probe: StartedRequest): void {
		const { began, accepted } = this.measurement ?? { began: probe.at, accepted: 1 };
		const count = accepted - 1;
		const period = probe.at - began;
		if (count > 0 && probe.at - pause.since > SHORTEST_WINDOW_MS) {
			const hasRetryAt = pause.retryAt > 0 && pause.retryAt <= probe.at;
			const notBefore = (pause.lastRefusedProbe ?? pause.since) - began;
			const leastMs = hasRetryAt ? period : notBefore + (period - notBefore) / 4;
			// One more than before, since the limit may be higher.
			this.window = { count: count + 1, leastMs, mostMs: period };
			this.rate = undefined;
		} else if (count > 0) {
			this.window = undefined;
			this.rate = new Rate(count / period, probe.at);
		}
		this.measurement = { began: probe.at, accepted: 1 };
		this.pause = undefined;
		this.isRefuted = false;
		this.streak.forget();
	}
}
