/** `price` USD for `per` units. */
interface UnitPrice {
	unit: string;
	price: number;
	per: number;
}

/** The catalog's pricing block. */
export type Pricing =
	| { kind: 'fixed'; units: UnitPrice[] }
	| {
			kind: 'variants';
			dimensions: string[];
			variants: Array<UnitPrice & { when: Record<string, unknown> }>;
	  }
	| { kind: 'variable' };

/** The cost of a call. $1 = 2,000,000 credits. */
export interface Cost {
	usd: number;
	credits: number;
}

export const CREDITS_PER_USD = 2_000_000;

/** Prices for models without a rate in the catalog. */
const FALLBACK_PRICES: UnitPrice[] = [
	{ unit: 'input_token', price: 1, per: 1_000_000 },
	{ unit: 'output_token', price: 4, per: 1_000_000 },
	{ unit: 'image', price: 0.05, per: 1 },
	{ unit: 'second', price: 0.01, per: 1 },
	{ unit: 'generation', price: 0.1, per: 1 },
	{ unit: 'character', price: 15, per: 1_000_000 },
	{ unit: 'page', price: 2, per: 1000 },
];

const matches = (when: Record<string, unknown>, body: Record<string, unknown>) =>
	Object.entries(when).every(([dimension, value]) => body[dimension] === value);

/** The rates for this body; the first variant stands for values that the body leaves out. */
function ratesFor(pricing: Pricing | undefined, body: Record<string, unknown>): UnitPrice[] {
	if (pricing?.kind === 'fixed') return pricing.units;
	if (pricing?.kind !== 'variants') return FALLBACK_PRICES;
	const [first] = pricing.variants;
	const defaults = { ...first.when, ...body };
	return pricing.variants.filter(({ when }) => matches(when, defaults));
}

/**
 * Cost of a call that used `quantities` (by unit, e.g. `{ input_token: 12 }`). Whole credits,
 * rounded up, so that the amounts in header, body and request log agree to the cent.
 */
export function costOf(
	pricing: Pricing | undefined,
	quantities: Record<string, number>,
	body: Record<string, unknown>,
): Cost {
	const usd = ratesFor(pricing, body).reduce(
		(sum, { unit, price, per }) => sum + ((quantities[unit] ?? 0) * price) / per,
		0,
	);
	const credits = Math.ceil(Number((usd * CREDITS_PER_USD).toFixed(6)));
	return { usd: credits / CREDITS_PER_USD, credits };
}

/** The documented place of a cost in a response. */
export const costReport = ({ credits, usd }: Cost) => ({
	meta: { usage: { credits_used: credits, usd_spent: usd } },
});
