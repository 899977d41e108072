import type { FastifyInstance } from 'fastify';
import { balanceOf } from '../server/account';
import type { SandboxState } from '../server/state';

/** GET /v2/billing: the balance in USD. */
export function serveBilling(api: FastifyInstance, state: SandboxState): void {
	api.get('/v2/billing', async (request) => ({
		current_balance: balanceOf(state, request),
		currency: 'USD',
	}));
}
