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
	const counted = besidesCached(rates, quantities);
	const prices = rates.map(({ price, unit, per }) => {
		const quantity = counted[nameOf(unit) ?? ''];
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

/** Where tokens of the cache have a price of their own, they are not charged as input besides. */
function besidesCached(rates: Rate[], quantities: Quantities): Quantities {
	const units = rates.map(({ unit }) => nameOf(unit));
	const apart = ['cached_token', 'cache_write_token'].filter((name) => units.includes(name));
	const { input_token: input } = quantities;
	if (input === undefined) return quantities;
	const cached = apart.reduce((sum, name) => sum + (quantities[name] ?? 0), 0);
	return { ...quantities, input_token: input - cached };
}

/** Our name of what a rate counts; `undefined` for what is not known here. */
function nameOf(unit: string): string | undefined {
	const name = unit
		.toLowerCase()
		.replace(/[^a-z]+/g, '_')
		.replace(/s$/, '');
	return Object.entries(UNITS).find(([, names]) => names.test(name))?.[0];
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
