import { isRecord } from '../json';
import type { ApiResponse } from './apiResponse';

/** Tokens of a call; absent figures were not reported. */
export type Usage = {
	inputTokens?: number;
	outputTokens?: number;
	reasoningTokens?: number;
	totalTokens?: number;
};

/** What a call cost: US dollars, and the API's credits. */
export type Cost = {
	usd: number;
	credits: number;
};

/** The API's price of a credit: 2,000,000 credits are one US dollar. */
const CREDITS_PER_USD = 2_000_000;

/** Reads `usage` of a chat completion (`prompt_tokens`) or of a response (`input_tokens`). */
export function parseUsage(body: unknown): Usage | undefined {
	const usage = isRecord(body) && isRecord(body.usage) ? body.usage : undefined;
	if (!usage) return undefined;
	const details = usage.completion_tokens_details ?? usage.output_tokens_details;
	const figures: Usage = {
		inputTokens: number(usage.prompt_tokens ?? usage.input_tokens),
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

function toCost(usd: number | undefined, credits: number | undefined): Cost | undefined {
	if (usd !== undefined) return { usd, credits: credits ?? Math.round(usd * CREDITS_PER_USD) };
	if (credits !== undefined) return { usd: credits / CREDITS_PER_USD, credits };
	return undefined;
}

export function addUsage(first: Usage | undefined, second: Usage | undefined): Usage | undefined {
	if (!first || !second) return first ?? second;
	const names: Array<keyof Usage> = [
		'inputTokens',
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
	return { usd: first.usd + second.usd, credits: first.credits + second.credits };
}

function number(value: unknown): number | undefined {
	const figure = typeof value === 'string' && value.trim() ? Number(value) : value;
	return typeof figure === 'number' && Number.isFinite(figure) ? figure : undefined;
}

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
