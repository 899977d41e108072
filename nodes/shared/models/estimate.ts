import { isRecord } from '../json';
import { parseRates, type Rate } from './pricing';

/** How much of what a call used, by unit in the singular, e.g. `{ input_token: 12 }`. */
export type Quantities = Record<string, number | undefined>;

/**
 * What a call costs by the catalog's prices, in US dollars.
 *
 * @param pricing the model's block in the catalog
 * @param body the request, by which a price that depends on parameters is chosen; what it leaves out
 * is taken to be as in the first variant
 * @returns `undefined` when the catalog has no price, or one for something whose quantity is unknown
 */
export function estimateUsd(
	pricing: unknown,
	quantities: Quantities,
	body: unknown = {},
): number | undefined {
	const rates = applicable(parseRates(pricing), isRecord(body) ? body : {});
	if (!rates.length) return undefined;
	const prices = rates.map(({ price, unit, per }) => {
		const quantity = quantityOf(quantities, unit);
		return quantity === undefined ? undefined : (price * quantity) / per;
	});
	return prices.reduce(
		(sum, price) => (sum === undefined || price === undefined ? undefined : sum + price),
		0,
	);
}

function applicable(rates: Rate[], body: Record<string, unknown>): Rate[] {
	const given = { ...rates[0]?.when, ...body };
	return rates.filter(({ when = {} }) =>
		Object.entries(when).every(([name, value]) => String(given[name]) === String(value)),
	);
}

function quantityOf(quantities: Quantities, unit: string): number | undefined {
	const name = unit
		.toLowerCase()
		.replace(/[^a-z]+/g, '_')
		.replace(/s$/, '');
	const known = Object.entries(UNITS).find(([, names]) => names.test(name));
	return known ? quantities[known[0]] : undefined;
}

/** The names that a catalog may have for what is counted. */
const UNITS: Record<string, RegExp> = {
	cached_token: /^(cached|cache_read|cache_hit)_?(input|prompt)?_?token$|^input_token_cached$/,
	cache_write_token: /^cache_(write|creation)_?(input|prompt)?_?token$/,
	input_token: /^((input|prompt)_)?token$/,
	output_token: /^(output|completion)_token$/,
	character: /^char(acter)?$/,
	image: /^(image|picture|img)$/,
	second: /^sec(ond)?$/,
	minute: /^min(ute)?$/,
	page: /^page$/,
	generation: /^(generation|request|call|video|track|song|file|run)$/,
};
