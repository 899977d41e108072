import { sleep } from 'n8n-workflow';

/** Time and random numbers for the rate limiter and retries; tests replace them. */
export interface Clock {
	/** Milliseconds since the epoch. It never goes back, even when the system's time is set. */
	now(): number;
	/** @param ms negative if the time is over already */
	sleep(ms: number): Promise<void>;
	/** From 0 to 1. */
	random(): number;
}

export const systemClock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	sleep: async (ms) => await sleep(Math.max(0, ms)),
	random: Math.random,
};
