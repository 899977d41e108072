import { sleep } from 'n8n-workflow';

/** Time and chance as the rate limiter sees them, so that tests can run it under a clock of their own. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	sleep(ms: number): Promise<void>;
	/** From 0 to 1. */
	random(): number;
}

export const systemClock: Clock = { now: () => Date.now(), sleep, random: Math.random };
