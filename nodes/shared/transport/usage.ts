import { isRecord, toNumber } from '../json';
import { ENVELOPES, type ApiResponse } from './apiResponse';

/** Tokens of a call; absent if not reported. */
export type Usage = {
	/** Including cached ones. */
	inputTokens?: number;
	/** Input tokens read from the provider's cache, at a lower price. */
	cachedTokens?: number;
	/** Input tokens written to it. */
	cacheWriteTokens?: number;
	outputTokens?: number;
	reasoningTokens?: number;
	totalTokens?: number;
};

/** What a call cost, in US dollars and in the API's credits. */
export type Cost = {
	usd: number;
	credits: number;
	/** US dollars that the provider's cache saved, by the catalog's prices. */
	savedUsd?: number;
};

/** What a response reports of its call. */
export interface Charge {
	usage?: Usage;
	cost?: Cost;
}

/** The API's price of a credit: 2,000,000 credits are one US dollar. */
const CREDITS_PER_USD = 2_000_000;

/**
 * Reads `usage` of a chat completion (`prompt_tokens`), of a response (`input_tokens`), or as
 * Anthropic and DeepSeek name what they cache.
 */
export function parseUsage(body: unknown): Usage | undefined {
	const usage = usageOf(toRecord(body));
	if (!usage) return undefined;
	const input = toRecord(usage.prompt_tokens_details ?? usage.input_tokens_details);
	const output = toRecord(usage.completion_tokens_details ?? usage.output_tokens_details);
	return withoutUndefined({
		inputTokens: toNumber(usage.prompt_tokens) ?? inputOfAnthropic(usage),
		cachedTokens: positive(
			input.cached_tokens ?? usage.cache_read_input_tokens ?? usage.prompt_cache_hit_tokens,
		),
		cacheWriteTokens: positive(
			input.cache_write_tokens ?? input.cache_creation_tokens ?? usage.cache_creation_input_tokens,
		),
		outputTokens: toNumber(usage.completion_tokens ?? usage.output_tokens),
		reasoningTokens: toNumber(output.reasoning_tokens ?? usage.reasoning_tokens),
		totalTokens: toNumber(usage.total_tokens),
	});
}

/** In the body, or in a choice, where some models put it when they stream. */
const usageOf = ({ usage, choices }: Record<string, unknown>) =>
	[usage, ...[choices].flat().map((choice) => toRecord(choice).usage)].find(isRecord);

const toRecord = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/**
 * What a call cost: from `meta.usage` of the body, or `usage`, where some models put it, or else from the
 * headers `x-aimlapi-usd-spent` and `x-aimlapi-credits-used`.
 *
 * @returns `undefined` if the API doesn't report it
 */
export function parseCost(body: unknown, response: ApiResponse): Cost | undefined {
	const { meta, usage } = toRecord(body);
	const [inMeta, inUsage] = [toRecord(toRecord(meta).usage), toRecord(usage)];
	const find = (name: string, header: string): number | undefined =>
		toNumber(inMeta[name] ?? inUsage[name]) ?? toNumber(response.header(header));
	return toCost(
		find('usd_spent', 'x-aimlapi-usd-spent'),
		find('credits_used', 'x-aimlapi-credits-used'),
	);
}

/**
 * The usage and cost of a response: JSON, or events or JSON Lines, of which the last that reports them
 * counts.
 */
export function parseCharge(response: ApiResponse): Charge {
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

/** Collects the usage and cost that the events of a stream report. */
export class ChargeFold {
	readonly charge: Charge = {};

	constructor(private readonly response: ApiResponse) {}

	add(event: unknown): void {
		const wrapped = ENVELOPES.map((name) => toRecord(toRecord(event)[name]));
		for (const body of [event, ...wrapped.filter(({ usage, meta }) => usage ?? meta)]) {
			this.charge.usage = parseUsage(body) ?? this.charge.usage;
			this.charge.cost = parseCost(body, this.response) ?? this.charge.cost;
		}
	}
}

function toCost(usd: number | undefined, credits: number | undefined): Cost | undefined {
	if (usd !== undefined) return { usd, credits: credits ?? Math.round(usd * CREDITS_PER_USD) };
	if (credits !== undefined) return { usd: credits / CREDITS_PER_USD, credits };
	return undefined;
}

export function addUsage(first: Usage | undefined, second: Usage | undefined): Usage | undefined {
	if (!first || !second) return first ?? second;
	const names = Object.keys({ ...first, ...second }) as Array<keyof Usage>;
	const sums = names.map((name) => [name, (first[name] ?? 0) + (second[name] ?? 0)]);
	return Object.fromEntries(sums) as Usage;
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

/** Anthropic's `input_tokens` exclude those read from or written to the cache. */
function inputOfAnthropic(usage: Record<string, unknown>): number | undefined {
	const input = toNumber(usage.input_tokens);
	if (input === undefined) return undefined;
	const cacheRead = toNumber(usage.cache_read_input_tokens) ?? 0;
	return input + cacheRead + (toNumber(usage.cache_creation_input_tokens) ?? 0);
}

const positive = (value: unknown): number | undefined => toNumber(value) || undefined;

const withoutUndefined = (usage: Usage): Usage =>
	Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined));

/** Divides the usage and cost of one request among its texts, by their lengths. Sums stay exact. */
export function shareOf(
	lengths: number[],
	usage: Usage | undefined,
	cost: Cost | undefined,
): Charge[] {
	const tokens = split(usage?.totalTokens, lengths);
	const inputs = split(usage?.inputTokens, lengths);
	const credits = split(cost?.credits, lengths);
	return lengths.map((_, part) => ({
		...(usage && {
			usage: withoutUndefined({ inputTokens: inputs?.[part], totalTokens: tokens?.[part] }),
		}),
		...(cost &&
			credits && {
				cost: {
					usd: cost.credits ? (cost.usd * credits[part]) / cost.credits : cost.usd / lengths.length,
					credits: credits[part],
				},
			}),
	}));
}

/** Splits a whole number into whole parts, by cumulative rounding, so that they add up to it. */
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
