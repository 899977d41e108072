/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import type { Clock } from '../../nodes/shared/transport/clock';

interface Timer {
	at: number;
	fire: () => void;
}

/**
 * A clock that jumps to the next timer when all code waits, so that an hour of waiting takes no time, and
 * a run with the same seed is always the same.
 */
export class VirtualClock implements Clock {
	/** Sorted from the last to the first. */
	private readonly timers: Timer[] = [];
	private time = Date.UTC(2026, 0, 1);
	private readonly startedAt = this.time;

	constructor(readonly random: () => number) {}

	now = (): number => this.time;

	sleep = async (ms: number): Promise<void> =>
		await new Promise((fire) => this.add({ at: this.time + Math.max(0, ms), fire }));

	/** Since the start. */
	get seconds(): number {
		return (this.time - this.startedAt) / 1000;
	}

	/**
	 * Lets time pass until a task is done.
	 *
	 * @returns `false` if it isn't done after `limitSeconds`
	 */
	async run(task: Promise<unknown>, limitSeconds = Infinity): Promise<boolean> {
		let isDone = false;
		void task.finally(() => (isDone = true));
		for (;;) {
			await new Promise(setImmediate);
			if (isDone) return true;
			const next = this.timers.pop();
			if (!next) throw new Error('Everything waits, and no timer is set');
			this.time = Math.max(this.time, next.at);
			if (this.seconds > limitSeconds) return false;
			next.fire();
		}
	}

	/** Timers for the same time fire in the order in which they were added. */
	private add(timer: Timer): void {
		let low = 0;
		let high = this.timers.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.timers[middle].at > timer.at) low = middle + 1;
			else high = middle;
		}
		this.timers.splice(low, 0, timer);
	}
}

/** Returns numbers from 0 to 1, always the same for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
