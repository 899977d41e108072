import { systemClock, type Clock } from './clock';
import { InFlightLimit, type Attempt } from './inFlightLimit';
import { onAbort } from './onAbort';
import { Pace } from './pace';
import type { StartedRequest } from './refusalStreak';

/** A run starts with this share of its cap, at most this many, since the API's limit may be lower. */
const FIRST_SHARE = 0.6;
const FIRST_MOST = 10;

/** Permission to send one request. Call exactly one of its functions once the outcome is known. */
export interface Permit {
	/** The API accepted the request, whatever it answered. */
	onSuccess(): void;
	/**
	 * The API refused the request with a 429.
	 *
	 * @param waitMs by Retry-After; 0 for none
	 */
	onRateLimited(waitMs: number): void;
	/** The outcome says nothing about the API's limits. */
	onUnknown(): void;
	/**
	 * The API is overloaded, whatever the rate: only this queue waits.
	 *
	 * @param waitMs by Retry-After; 0 for none
	 */
	onOverloaded(waitMs: number): void;
}

export interface Turn {
	/** Retries go before requests that were never sent. */
	isRetry?: boolean;
	signal?: AbortSignal;
}

/** One run's queue at a limiter. */
export interface RequestQueue {
	/**
	 * Waits for the request's turn.
	 *
	 * @throws the signal's reason if it is aborted first
	 */
	acquire(turn?: Turn): Promise<Permit>;
}

/** Starts a request that is waiting for its turn. */
type Start = (permit: Permit) => void;

/**
 * Schedules requests to an API whose limits are unknown. All runs that use one key share a limiter,
 * since the limit is the account's: each run has its own queue, and the queues take turns.
 *
 * `Pace` decides how fast requests go out, `InFlightLimit` how many at once.
 */
export class RateLimiter {
	private readonly pace: Pace;
	private readonly limit = new InFlightLimit();
	private readonly inFlight = new Set<StartedRequest & Attempt>();
	/** Queues with a request in flight or waiting, next turn first. */
	private readonly queues = new Set<Queue>();
	private alarmAt = Infinity;
	private usedAt: number;

	constructor(private readonly clock: Clock = systemClock) {
		this.pace = new Pace(clock.random);
		this.usedAt = clock.now();
	}

	/** @param cap the most requests of the queue in flight */
	openQueue(cap: number): RequestQueue {
		this.usedAt = this.clock.now();
		const queue = new Queue(cap);
		return { acquire: async (turn = {}) => await this.acquire(queue, turn) };
	}

	/** When the last request or pause ended; `Infinity` while one is waiting or in flight. */
	get idleSince(): number {
		return this.queues.size ? Infinity : Math.max(this.usedAt, this.pace.pausedUntil);
	}

	private async acquire(queue: Queue, { isRetry = false, signal }: Turn): Promise<Permit> {
		signal?.throwIfAborted();
		return await new Promise((resolve, reject) => {
			const ignoreCancel = onAbort(signal, () => {
				queue.remove(start);
				this.closeIfEmpty(queue);
				reject(signal?.reason as Error);
				this.startNext();
			});
			const start: Start = (permit) => {
				ignoreCancel();
				resolve(permit);
			};
			if (!this.queues.has(queue)) this.open(queue);
			queue.add(start, isRetry);
			this.startNext();
		});
	}

	private open(queue: Queue): void {
		this.queues.add(queue);
		this.limit.raise(Math.min(FIRST_MOST, Math.ceil(queue.cap * FIRST_SHARE)));
	}

	private closeIfEmpty(queue: Queue): void {
		if (!queue.isEmpty) return;
		this.queues.delete(queue);
		if (this.queues.size) return;
		this.usedAt = this.clock.now();
		this.pace.onIdle();
	}

	/** Starts the requests that may start now, and sets an alarm for the rest. */
	private startNext(): void {
		for (;;) {
			const now = this.clock.now();
			const queue = [...this.queues].find((one) => one.isReady(now));
			if (!queue) return this.wakeAt(this.endOfPauses(now));
			if (this.inFlight.size >= this.limit.current(now)) return this.wakeAt(this.limit.nextTrial);
			const at = this.pace.nextStart(now);
			if (at > now) return this.wakeAt(at);
			this.queues.delete(queue);
			this.queues.add(queue);
			this.start(queue, queue.take(), now);
		}
	}

	/** When the first paused queue may go on. */
	private endOfPauses(now: number): number {
		const ends = [...this.queues].map(({ pausedUntil }) => pausedUntil);
		return Math.min(...ends.filter((end) => end > now));
	}

	private start(queue: Queue, start: Start, now: number): void {
		const request = { at: now, others: this.inFlight.size };
		this.inFlight.add(request);
		queue.inFlight++;
		this.pace.onStart(request);
		const finish = (learn: () => void) => {
			if (!this.inFlight.delete(request)) return;
			queue.inFlight--;
			learn();
			this.closeIfEmpty(queue);
			this.startNext();
		};
		start({
			onSuccess: () => finish(() => this.onSuccess(request)),
			onRateLimited: (waitMs) => finish(() => this.onRateLimited(request, waitMs)),
			onUnknown: () => finish(() => this.pace.onUnknown(request)),
			onOverloaded: (waitMs) =>
				finish(() => {
					this.pace.onUnknown(request);
					queue.pausedUntil = Math.max(queue.pausedUntil, this.clock.now() + waitMs);
				}),
		});
	}

	private onSuccess(request: StartedRequest & Attempt): void {
		const cap = [...this.queues].reduce((sum, queue) => sum + queue.cap, 0);
		this.limit.onSuccess(request, this.clock.now(), cap);
		this.pace.onSuccess(request);
	}

	private onRateLimited(request: StartedRequest & Attempt, waitMs: number): void {
		const now = this.clock.now();
		// Requests sent together arrive in any order, so those still in flight count as sent before it.
		const others = Math.max(request.others, this.inFlight.size);
		const isExplained = this.limit.onRefused({ at: request.at, others }, now);
		this.pace.onRefused(request, now, waitMs, isExplained);
		if (this.pace.isPaused) this.limit.forget();
		// The API never counted the refused request as in flight.
		for (const other of this.inFlight) if (other.at >= request.at && other.others) other.others--;
	}

	private wakeAt(at: number): void {
		if (at >= this.alarmAt || !this.queues.size) return;
		this.alarmAt = at;
		void this.clock.sleep(at - this.clock.now()).then(() => {
			if (this.alarmAt === at) this.alarmAt = Infinity;
			this.startNext();
		});
	}
}

/** The requests of one run: a count of those in flight, and the others in order. */
class Queue {
	inFlight = 0;
	/** Milliseconds since the epoch. */
	pausedUntil = 0;
	private readonly fresh: Start[] = [];
	private readonly retries: Start[] = [];

	constructor(readonly cap: number) {}

	get isEmpty(): boolean {
		return this.inFlight + this.fresh.length + this.retries.length === 0;
	}

	isReady(now: number): boolean {
		const isWaiting = this.fresh.length + this.retries.length > 0;
		return isWaiting && this.inFlight < this.cap && this.pausedUntil <= now;
	}

	add(start: Start, isRetry: boolean): void {
		(isRetry ? this.retries : this.fresh).push(start);
	}

	/** The next request; only for a queue that is ready. */
	take(): Start {
		return (this.retries.shift() ?? this.fresh.shift())!;
	}

	remove(start: Start): void {
		for (const list of [this.fresh, this.retries]) {
			const place = list.indexOf(start);
			if (place >= 0) list.splice(place, 1);
		}
	}
}
