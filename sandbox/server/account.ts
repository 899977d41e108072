import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors';
import type { SandboxState } from './state';

/** A valid key of an account without credits. */
export const NO_CREDITS_KEY = 'sandbox-key-no-credits';

const OPENING_BALANCE = 100;

const keyOf = (request: FastifyRequest) =>
	/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];

/** @throws a 401 unless the request has a key of this sandbox */
export function requireKey(state: SandboxState, request: FastifyRequest): void {
	const key = keyOf(request);
	if (key !== state.apiKey && key !== NO_CREDITS_KEY) throw new ApiError(401);
}

/** The balance in USD, exact to one credit. */
export function balanceOf(state: SandboxState, request: FastifyRequest): number {
	if (keyOf(request) === NO_CREDITS_KEY) return 0;
	return Number((OPENING_BALANCE - state.requestLog.usd).toFixed(7));
}

/** @throws the 403 of an account without credits */
export function requireCredits(state: SandboxState, request: FastifyRequest): void {
	if (balanceOf(state, request) <= 0) throw new ApiError(403);
}
