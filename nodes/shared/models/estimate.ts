import { isRecord } from '../json';
import { listRates, parseRates, type Rate } from './pricing';

/** The quantities that a call used, by unit in the singular, e.g. `{ input_token: 12 }`. */
export type Quantities = Record<string, number | undefined>;

/**
 * What a call costs by the catalog's prices, in US dollars.
 *
 * @param pricing the model's `pricing` block
 * @param body the request, which decides between prices that depend on parameters
 * @returns `undefined` when it isn't certain: the catalog has no price, or one in an unknown form, unit
 * or variant, or the quantity is unknown
 */
export function estimateUsd(
	pricing: unknown,
	quantities: Quantities,
	body: unknown = {},
): number | undefined {
	if (!listRates(pricing).every(isExact)) return undefined;
	const variants = new Map<string, Rate[]>();
	for (const rate of parseRates(pricing).filter((one) => applies(one, body))) {
		const key = JSON.stringify(rate.when);
		variants.set(key, [...(variants.get(key) ?? []), rate]);
	}
	// Parameters that the body leaves out have defaults that the catalog doesn't list.
	const totals = new Set([...variants.values()].map((rates) => totalOf(rates, quantities)));
	return totals.size === 1 ? [...totals][0] : undefined;
}

const isExact = (rate: unknown): boolean =>
	isRecord(rate) && Number.isFinite(rate.price) && Number(rate.price) >= 0 && Number(rate.per) > 0;

function applies({ when = {} }: Rate, body: unknown): boolean {
	const given = isRecord(body) ? body : {};
	return Object.entries(when).every(
		([name, value]) => given[name] === undefined || String(given[name]) === String(value),
	);
}

function totalOf(rates: Rate[], quantities: Quantities): number | undefined {
	const counted = besidesCached(rates, quantities);
	const names = rates.map(({ unit }) => nameOf(unit) ?? '');
	// Two rates for the same are bands, of which one applies.
	if (new Set(names).size < names.length) return undefined;
	return rates.reduce<number | undefined>((sum, { price, per }, index) => {
		const quantity = counted[names[index]];
		return sum === undefined || quantity === undefined ? undefined : sum + (price * quantity) / per;
	}, 0);
}

/** Cached tokens with a price of their own aren't charged as input as well. */
function besidesCached(rates: Rate[], quantities: Quantities): Quantities {
	const units = rates.map(({ unit }) => nameOf(unit));
	const apart = ['cached_token', 'cache_write_token'].filter((name) => units.includes(name));
	const { input_token: input } = quantities;
	if (input === undefined) return quantities;
	const cached = apart.reduce((sum, name) => sum + (quantities[name] ?? 0), 0);
	return { ...quantities, input_token: input - cached };
}

/** The name in `UNITS` of what a rate counts; `undefined` if it isn't listed. */
function nameOf(unit: string): string | undefined {
	const name = unit
		.toLowerCase()
		.replace(/[^a-z]+/g, '_')
		.replace(/s$/, '');
	return Object.entries(UNITS).find(([, names]) => names.test(name))?.[0];
}

/** The names that a catalog may use for each unit. */
const UNITS: Record<string, RegExp> = {
	cached_token: /^(cached|cache_read|cache_hit)_?(input|prompt)?_?token$|^input_token_cached$/,
	cache_write_token: /^cache_(write|creation)_?(input|prompt)?_?token$/,
	input_token: /^(input|prompt)_token$/,
	output_token: /^(output|completion)_token$/,
	token: /^(total_)?token$/,
	character: /^char(acter)?$/,
	image: /^image$/,
	second: /^second$/,
	minute: /^minute$/,
	page: /^page$/,
	generation: /^generation$/,
	request: /^(request|call)$/,
};
