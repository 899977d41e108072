import { estimateUsd } from '../models/estimate';
import type { Cost, Usage } from './usage';

/**
 * A cost with what the provider's cache saved: the difference to the price by the catalog with
 * nothing cached. Below 0 for a call that wrote more than it read, so that a sum over calls is true.
 *
 * @param body the request, by which a price that depends on parameters is chosen
 * @param getPricing the model's prices in the catalog; called only for a call with a cache
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
