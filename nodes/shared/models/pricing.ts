import { isRecord } from '../json';
import { CHAT_COMPLETIONS, EMBEDDINGS, RESPONSES, type Endpoint } from './endpoints';
import { endpointsOf } from './filters';
import type { Model } from './model';

/**
 * A model's price and context length, as short as the picker needs: `$0.15/$0.60 · 128K`. Without the
 * context length if the model reads no text, since it says nothing about images and recordings.
 */
export function describeModel(model: Model): string {
	const { pricing, contextLength } = model;
	const price = describePrice(pricing).replace(/^(\S+) in, (\S+) out/, '$1/$2');
	const context = contextLength && readsText(model) && shorten(contextLength);
	return [price, context].filter(Boolean).join(' · ');
}

const TEXT_ENDPOINTS: readonly Endpoint[] = [CHAT_COMPLETIONS, RESPONSES, EMBEDDINGS];

function readsText(model: Model): boolean {
	const endpoints = endpointsOf(model);
	return !endpoints.length || endpoints.some((endpoint) => TEXT_ENDPOINTS.includes(endpoint));
}

/** The price of a model in words, from its `pricing` block; '' if it has none. */
export function describePrice(pricing: unknown): string {
	if (!isRecord(pricing)) return '';
	if (pricing.kind === 'variable') return 'price varies';
	return describeRates(parseRates(pricing));
}

/** The usual unit of token prices, left out since the picker's lines are short. */
const DEFAULT_BASE = 1_000_000;

function describeRates(rates: Rate[]): string {
	const spans = toSpans(rates);
	const input = spans.find(({ unit }) => /^(input|prompt)_?tokens?$/i.test(unit));
	const output = spans.find(({ unit }) => /^(output|completion)_?tokens?$/i.test(unit));
	if (input && output && input.per === output.per) {
		const base = input.per === DEFAULT_BASE ? '' : forQuantity(input.per, 'token');
		return `${describeSpan(input)} in, ${describeSpan(output)} out${base}`;
	}
	return spans
		.slice(0, 2)
		.map((span) => describeSpan(span) + forQuantity(span.per, span.unit))
		.join(', ');
}

/** The lowest and the highest price for the same quantity: rates of variants differ. */
interface Span {
	low: number;
	high: number;
	unit: string;
	per: number;
}

function toSpans(rates: Rate[]): Span[] {
	const spans = new Map<string, Span>();
	for (const { price, unit, per } of rates) {
		const key = `${per} ${unit}`;
		const { low, high } = spans.get(key) ?? { low: price, high: price };
		spans.set(key, { low: Math.min(low, price), high: Math.max(high, price), unit, per });
	}
	return [...spans.values()];
}

const describeSpan = ({ low, high }: Span): string =>
	low === high ? dollars(low) : `${dollars(low)} to ${dollars(high)}`;

/** ' per image', ' per 1M tokens', or '' if the unit is unknown. */
function forQuantity(amount: number, unit: string): string {
	const one = unit.replaceAll('_', ' ').replace(/s$/, '');
	if (!one) return '';
	return amount === 1 ? ` per ${one}` : ` per ${shorten(amount)} ${one}s`;
}

/** US dollars with two digits, or more if a small price needs them: $0.60, $0.075. */
function dollars(price: number): string {
	const cents = price.toFixed(2);
	const exact = Number(price.toPrecision(3));
	if (price >= 1 || Number(cents) === exact) return `$${cents}`;
	return `$${exact.toLocaleString('en-US', { maximumSignificantDigits: 3 })}`;
}

/** 128000 → 128K, 1048576 → 1M. */
function shorten(amount: number): string {
	if (amount >= 1_000_000) return `${trim(amount / 1_000_000)}M`;
	if (amount >= 1_000) return `${trim(amount / 1_000)}K`;
	return String(amount);
}

const trim = (amount: number): string => String(Math.round(amount * 10) / 10);

/** `price` in US dollars for `per` units. */
export interface Rate {
	price: number;
	unit: string;
	per: number;
	/** The parameter values that it applies to, if the price depends on them. */
	when?: Record<string, unknown>;
}

/**
 * The rates of a model's `pricing` block, which is `fixed` (a rate per unit), `variants` (a rate per
 * combination of parameters) or `variable` (unknown in advance: no rates).
 */
export const parseRates = (pricing: unknown): Rate[] => listRates(pricing).flatMap(parseRate);

/** The rates as the catalog has them. */
export function listRates(pricing: unknown): unknown[] {
	if (!isRecord(pricing) || pricing.kind === 'variable') return [];
	const rates = pricing.kind === 'variants' ? pricing.variants : pricing.units;
	return Array.isArray(rates) ? rates : [];
}

function parseRate(rate: unknown): Rate | [] {
	if (!isRecord(rate) || typeof rate.price !== 'number') return [];
	const per = Number(rate.per ?? 1);
	if (rate.price < 0 || !(per > 0)) return [];
	return {
		price: rate.price,
		unit: unitOf(rate),
		per,
		...(isRecord(rate.when) && { when: rate.when }),
	};
}

/**
 * `unit` is the documented form. Other clients of the API read `name` with `origin` and `content`, e.g.
 * a `token` of `text` that is `provided`, `generated`, `cached` or a `cache_write`.
 */
function unitOf({ unit, name, origin, content }: Record<string, unknown>): string {
	if (typeof unit === 'string') return unit;
	if (typeof name !== 'string') return '';
	if (/^tokens?$/i.test(name)) {
		const direction = ORIGINS[String(origin)] ?? origin;
		return [content === 'text' ? '' : content, direction, name].filter(Boolean).join('_');
	}
	return origin === 'provided' && name !== 'character' ? `provided_${name}` : name;
}

const ORIGINS: Record<string, string> = { provided: 'input', generated: 'output' };
