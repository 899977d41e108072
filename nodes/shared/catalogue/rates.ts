import { isRecord } from '../schema/jsonSchema';

/** `price` US dollars for `per` units; `per` differs from model to model. */
export interface Rate {
	price: number;
	unit: string;
	per: number;
	/** The parameters that it holds for, where the price hangs on them. */
	when?: Record<string, unknown>;
}

/**
 * The rates of a model's `pricing` block, whose kinds are `fixed` (a rate for each unit), `variants`
 * (a rate for each combination of parameters) and `variable` (not known beforehand: no rates).
 */
export function readRates(pricing: unknown): Rate[] {
	if (!isRecord(pricing) || pricing.kind === 'variable') return [];
	const rates = pricing.kind === 'variants' ? pricing.variants : pricing.units;
	return Array.isArray(rates) ? rates.flatMap(readRate) : [];
}

function readRate(rate: unknown): Rate | [] {
	if (!isRecord(rate) || typeof rate.price !== 'number') return [];
	return {
		price: rate.price,
		unit: typeof rate.unit === 'string' ? rate.unit : '',
		per: Number(rate.per) || 1,
		...(isRecord(rate.when) && { when: rate.when }),
	};
}
