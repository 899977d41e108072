import { estimateUsd } from '../models/estimate';
import type { Cost, Usage } from './usage';

/**
 * Adds to a cost what the provider's cache saved: the difference to the catalog's price without a cache.
 * Negative if the call wrote more than it read, so that the sum over several calls is right.
 *
 * @param body the request, since prices may depend on its parameters
 * @param getPricing the model's prices in the catalog; called only if the cache was used
 */
export async function withSavings(
	cost: Cost | undefined,
	usage: Usage | undefined,
	body: unknown,
	getPricing: () => Promise<unknown>,
): Promise<Cost | undefined> {
	const { inputTokens, outputTokens, cachedTokens = 0, cacheWriteTokens = 0 } = usage ?? {};
	if (!cost || cachedTokens + cacheWriteTokens === 0) return cost;
	const uncached = { input_token: inputTokens, output_token: outputTokens };
	const nothing = { cached_token: 0, cache_write_token: 0, generation: 1, request: 1 };
	const full = estimateUsd(await getPricing(), { ...uncached, ...nothing }, body);
	return full === undefined ? cost : { ...cost, savedUsd: Number((full - cost.usd).toFixed(9)) };
}
