import { ApiError } from '../../shared/errors/ApiError';
import { toDollars } from '../../shared/errors/nodeError';
import type { RunOptions } from '../../shared/transport/options';
import type { CostTracker } from './runState';

/**
 * Checks what the run has spent against 'Cost Limit'. Called when an item starts and again before each
 * of its requests, so a run exceeds the limit by no more than what is in flight.
 *
 * @throws ApiError when the limit is reached
 */
export function checkCostLimit(
	{ costLimit: limit = 0 }: RunOptions,
	{ spentUsd }: CostTracker,
): void {
	if (limit <= 0 || spentUsd < limit) return;
	throw new ApiError({
		kind: 'costLimit',
		message: `The cost limit of $${limit} for this run is reached: ${toDollars(spentUsd)} has been spent`,
		description:
			"This item was not sent. Raise 'Cost Limit' in 'Options', or run the remaining items another time.",
	});
}
