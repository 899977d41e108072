import type { INode } from 'n8n-workflow';
import { systemClock } from './clock';
import { RateLimiter } from './rateLimiter';

/** A limiter without requests is dropped after this time, since limits change. */
const KEEP_MS = 60_000;

/** By credential ID; shared by all nodes and executions of the n8n process. */
const limiters = new Map<string, RateLimiter>();

/** The rate limiter of the node's credential, since the API limits the account. */
export function limiterOf({ credentials }: INode): RateLimiter {
	const id = credentials?.aimlApi?.id;
	if (!id) return new RateLimiter();
	dropUnused();
	const limiter = limiters.get(id) ?? new RateLimiter();
	limiters.set(id, limiter);
	return limiter;
}

function dropUnused(): void {
	const since = systemClock.now() - KEEP_MS;
	for (const [id, limiter] of limiters) if (limiter.idleSince < since) limiters.delete(id);
}

/** Clears all limiters. For tests. */
export function forgetLimits(): void {
	limiters.clear();
}
