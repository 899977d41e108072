import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors';
import type { SandboxState } from './state';

/** A valid key of an account without money. */
export const NO_CREDITS_KEY = 'sandbox-key-no-credits';

const OPENING_BALANCE = 100;

const keyOf = (request: FastifyRequest) =>
	/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];

/** Throws a 401 unless the request carries a key of this sandbox. */
export function requireKey(state: SandboxState, request: FastifyRequest): void {
	const key = keyOf(request);
	if (key !== state.apiKey && key !== NO_CREDITS_KEY) throw new ApiError(401);
}

/** What is left, in USD, to the last credit. */
export function balanceOf(state: SandboxState, request: FastifyRequest): number {
	if (keyOf(request) === NO_CREDITS_KEY) return 0;
	return Number((OPENING_BALANCE - state.requestLog.usd).toFixed(7));
}

/** Throws the 403 for an account that has run out of credits. */
export function requireCredits(state: SandboxState, request: FastifyRequest): void {
	if (balanceOf(state, request) <= 0) throw new ApiError(403);
}
