import { isRecord } from '../json';
import type { ApiResponse } from './apiResponse';

/** Tokens of a call; absent figures were not reported. */
export type Usage = {
	/** Those read from a cache included. */
	inputTokens?: number;
	/** Input tokens that were read from the provider's cache, at a lower price. */
	cachedTokens?: number;
	/** Input tokens that were written to it. */
	cacheWriteTokens?: number;
	outputTokens?: number;
	reasoningTokens?: number;
	totalTokens?: number;
};

/** What a call cost: US dollars, and the API's credits. */
export type Cost = {
	usd: number;
	credits: number;
	/** US dollars that the provider's cache saved, by the catalog's prices. */
	savedUsd?: number;
};

/** The API's price of a credit: 2,000,000 credits are one US dollar. */
const CREDITS_PER_USD = 2_000_000;

/**
 * Reads `usage` of a chat completion (`prompt_tokens`), of a response (`input_tokens`), or as
 * Anthropic and DeepSeek name what they cache.
 */
export function parseUsage(body: unknown): Usage | undefined {
	const usage = isRecord(body) && isRecord(body.usage) ? body.usage : undefined;
	if (!usage) return undefined;
	const details = usage.completion_tokens_details ?? usage.output_tokens_details;
	const input = usage.prompt_tokens_details ?? usage.input_tokens_details;
	const ofInput = isRecord(input) ? input : {};
	const figures: Usage = {
		inputTokens: number(usage.prompt_tokens) ?? inputOfAnthropic(usage),
		cachedTokens: positive(
			ofInput.cached_tokens ?? usage.cache_read_input_tokens ?? usage.prompt_cache_hit_tokens,
		),
		cacheWriteTokens: positive(
			ofInput.cache_write_tokens ??
				ofInput.cache_creation_tokens ??
				usage.cache_creation_input_tokens,
		),
		outputTokens: number(usage.completion_tokens ?? usage.output_tokens),
		reasoningTokens: isRecord(details) ? number(details.reasoning_tokens) : undefined,
		totalTokens: number(usage.total_tokens),
	};
	return pick(figures);
}

/**
 * What a call cost, from `meta.usage` of the body, where some models put it under `usage`, or from
 * the headers `x-aimlapi-usd-spent` and `x-aimlapi-credits-used`.
 *
 * @returns `undefined` when the API does not tell
 */
export function parseCost(body: unknown, response: ApiResponse): Cost | undefined {
	const meta = isRecord(body) && isRecord(body.meta) ? body.meta.usage : undefined;
	const places = [meta, isRecord(body) ? body.usage : undefined].filter(isRecord);
	const find = (name: string, headerName: string): number | undefined =>
		number(
			places.map((place) => place[name]).find((value) => value !== undefined && value !== null),
		) ?? number(response.header(headerName));
	return toCost(
		find('usd_spent', 'x-aimlapi-usd-spent'),
		find('credits_used', 'x-aimlapi-credits-used'),
	);
}

/**
 * What an answer used up and cost, however it came: as JSON, or as events or lines of JSON, of which
 * the last that tells it counts. Events of the Responses API have the answer inside.
 */
export function parseCharge(response: ApiResponse): { usage?: Usage; cost?: Cost } {
	const { json, eventBody, jsonLines } = response;
	const bodies: unknown[] =
		eventBody?.events ??
		(json === undefined ? jsonLines?.map(({ value }) => value) : [json].flat()) ??
		[];
	const fold = new ChargeFold(response);
	if (!bodies.length) fold.add(undefined);
	for (const body of bodies) fold.add(body);
	return fold.charge;
}

/** Keeps what the events of a stream tell of usage and cost. */
export class ChargeFold {
	readonly charge: { usage?: Usage; cost?: Cost } = {};

	constructor(private readonly response: ApiResponse) {}

	add(event: unknown): void {
		const inner = isRecord(event) && isRecord(event.response) ? event.response : event;
		this.charge.usage = parseUsage(inner) ?? this.charge.usage;
		this.charge.cost = parseCost(inner, this.response) ?? this.charge.cost;
	}
}

function toCost(usd: number | undefined, credits: number | undefined): Cost | undefined {
	if (usd !== undefined) return { usd, credits: credits ?? Math.round(usd * CREDITS_PER_USD) };
	if (credits !== undefined) return { usd: credits / CREDITS_PER_USD, credits };
	return undefined;
}

export function addUsage(first: Usage | undefined, second: Usage | undefined): Usage | undefined {
	if (!first || !second) return first ?? second;
	const names: Array<keyof Usage> = [
		'inputTokens',
		'cachedTokens',
		'cacheWriteTokens',
		'outputTokens',
		'reasoningTokens',
		'totalTokens',
	];
	const sums = names.map((name) => [
		name,
		first[name] === undefined && second[name] === undefined
			? undefined
			: (first[name] ?? 0) + (second[name] ?? 0),
	]);
	return pick(Object.fromEntries(sums) as Usage);
}

export function addCost(first: Cost | undefined, second: Cost | undefined): Cost | undefined {
	if (!first || !second) return first ?? second;
	const saved = [first.savedUsd, second.savedUsd].filter((usd) => usd !== undefined);
	return {
		usd: first.usd + second.usd,
		credits: first.credits + second.credits,
		...(saved.length && { savedUsd: saved.reduce((sum, usd) => sum + usd) }),
	};
}

function number(value: unknown): number | undefined {
	const figure = typeof value === 'string' && value.trim() ? Number(value) : value;
	return typeof figure === 'number' && Number.isFinite(figure) ? figure : undefined;
}

/** Anthropic's input tokens leave out those that have to do with the cache. */
function inputOfAnthropic(usage: Record<string, unknown>): number | undefined {
	const input = number(usage.input_tokens);
	const others = [usage.cache_read_input_tokens, usage.cache_creation_input_tokens];
	return input && others.reduce((sum: number, tokens) => sum + (number(tokens) ?? 0), input);
}

const positive = (value: unknown): number | undefined => number(value) || undefined;

const pick = (usage: Usage): Usage =>
	Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined));

/**
 * Shares what one request used up among its parts, by their lengths. Whole figures stay whole and
 * add up to what they were.
 */
export function shareOf(
	lengths: number[],
	usage: Usage | undefined,
	cost: Cost | undefined,
): Array<{ usage?: Usage; cost?: Cost }> {
	const tokens = split(usage?.totalTokens, lengths);
	const inputs = split(usage?.inputTokens, lengths);
	const credits = split(cost?.credits, lengths);
	return lengths.map((_, part) => ({
		...(usage && { usage: pick({ inputTokens: inputs?.[part], totalTokens: tokens?.[part] }) }),
		...(cost &&
			credits && {
				cost: {
					usd: cost.credits ? (cost.usd * credits[part]) / cost.credits : cost.usd / lengths.length,
					credits: credits[part],
				},
			}),
	}));
}

/** Splits a whole figure by cumulative rounding, so that the parts add up to it. */
function split(total: number | undefined, lengths: number[]): number[] | undefined {
	if (total === undefined) return undefined;
	const sum = lengths.reduce((all, length) => all + length, 0);
	let seen = 0;
	let given = 0;
	return lengths.map((length) => {
		seen += length;
		const upTo = Math.round((total * seen) / sum);
		const share = upTo - given;
		given = upTo;
		return share;
	});
}
