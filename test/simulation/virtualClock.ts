/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import type { Clock } from '../../nodes/shared/transport/clock';

interface Alarm {
	at: number;
	/** Alarms of the same time ring in the order in which they were set. */
	order: number;
	ring: () => void;
}

const isBefore = (a: Alarm, b: Alarm): boolean =>
	a.at < b.at || (a.at === b.at && a.order < b.order);

/**
 * A clock that stands still while code runs and jumps to the next alarm when all of it waits, so that
 * an hour of waiting takes no time and every run with the same seed goes the same way.
 */
export class VirtualClock implements Clock {
	/** A heap: the alarm that rings first is at index 0. */
	private readonly alarms: Alarm[] = [];
	private order = 0;
	private time = Date.UTC(2026, 0, 1);
	readonly startedAt = this.time;

	constructor(readonly random: () => number) {}

	now = (): number => this.time;

	sleep = async (ms: number): Promise<void> =>
		await new Promise((ring) =>
			this.push({ at: this.time + Math.max(0, ms), order: this.order++, ring }),
		);

	get seconds(): number {
		return (this.time - this.startedAt) / 1000;
	}

	/** Lets time pass until the task is done; `false` when it is not after so many seconds. */
	async run(task: Promise<unknown>, limitSeconds = Infinity): Promise<boolean> {
		let isDone = false;
		void task.finally(() => (isDone = true));
		for (;;) {
			await new Promise(setImmediate);
			if (isDone) return true;
			const next = this.pop();
			if (!next) throw new Error('Everything waits, and nothing will ever happen');
			this.time = Math.max(this.time, next.at);
			if (this.seconds > limitSeconds) return false;
			next.ring();
		}
	}

	private push(alarm: Alarm): void {
		const { alarms } = this;
		let place = alarms.push(alarm) - 1;
		while (place > 0) {
			const parent = (place - 1) >> 1;
			if (isBefore(alarms[parent], alarm)) break;
			alarms[place] = alarms[parent];
			place = parent;
		}
		alarms[place] = alarm;
	}

	private pop(): Alarm | undefined {
		const { alarms } = this;
		const [first] = alarms;
		const last = alarms.pop();
		if (!last || !alarms.length) return first;
		let place = 0;
		for (;;) {
			let child = 2 * place + 1;
			if (child >= alarms.length) break;
			if (child + 1 < alarms.length && isBefore(alarms[child + 1], alarms[child])) child++;
			if (isBefore(last, alarms[child])) break;
			alarms[place] = alarms[child];
			place = child;
		}
		alarms[place] = last;
		return first;
	}
}

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
