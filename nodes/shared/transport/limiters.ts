import type { INode } from 'n8n-workflow';
import { systemClock } from './clock';
import { RateLimiter } from './rateLimiter';

/** Milliseconds without a request after which what was learned is dropped: limits change. */
const KEPT_FOR = 60_000;

/** By the credential's id. Shared by all nodes and executions of the n8n process. */
const limiters = new Map<string, RateLimiter>();

/** The rate limiter of the node's credential, whose account the API's limit counts for. */
export function limiterOf({ credentials }: INode): RateLimiter {
	const id = credentials?.aimlApi?.id;
	if (!id) return new RateLimiter();
	dropUnused();
	const limiter = limiters.get(id) ?? new RateLimiter();
	limiters.set(id, limiter);
	return limiter;
}

function dropUnused(): void {
	const since = systemClock.now() - KEPT_FOR;
	for (const [id, limiter] of limiters) if (limiter.idleSince < since) limiters.delete(id);
}

/** Forgets what was learned, so that a test starts anew. */
export function forgetLimits(): void {
	limiters.clear();
}
