import { isRecord, toNumber, type Json } from '../json';
import type { Quantities } from '../models/estimate';
import type { Usage } from './usage';

/** The vendors' rule of thumb. */
const CHARACTERS_PER_TOKEN = 4;

/** A call whose cost the API didn't report. */
export interface UnpricedCall {
	body: unknown;
	usage: Usage | undefined;
	/** The body of the response; `undefined` if it isn't JSON. */
	json: unknown;
	/** Characters that the model wrote, used if no tokens are reported. */
	answerLength: number;
}

/**
 * What a call consumed, as far as its request and response show: tokens as reported or by the length of
 * the texts, characters to speak, images, seconds, pages.
 */
export function measureCall({ body, usage, json, answerLength }: UnpricedCall): Quantities {
	const request = isRecord(body) ? body : {};
	const input = usage?.inputTokens ?? toTokens(textLength(PROMPTS.map((name) => request[name])));
	const output = usage?.outputTokens ?? toTokens(answerLength);
	const seconds = secondsOf(request);
	return {
		input_token: input,
		cached_token: usage?.cachedTokens ?? 0,
		cache_write_token: usage?.cacheWriteTokens ?? 0,
		output_token: output,
		token: usage?.totalTokens ?? (input && output && input + output),
		character: textLength([request.text ?? request.script ?? request.prompt]) || undefined,
		image: imagesIn(json),
		second: seconds,
		minute: seconds === undefined ? undefined : seconds / 60,
		page: pagesIn(json),
		generation: (first(request, ['n', 'num_images']) ?? 1) === 1 ? 1 : undefined,
		request: 1,
	};
}

const PROMPTS = ['messages', 'input', 'system', 'instructions', 'tools', 'prompt'];

/** `undefined` without text: then the input or output is something else, or elsewhere. */
const toTokens = (characters: number): number | undefined =>
	Math.ceil(characters / CHARACTERS_PER_TOKEN) || undefined;

/** Characters of all texts in a value, without files. */
export function textLength(value: unknown): number {
	const left: unknown[] = [value];
	let length = 0;
	while (left.length) {
		const next = left.pop();
		if (typeof next === 'string') length += next.startsWith('data:') ? 0 : next.length;
		else if (typeof next === 'object' && next !== null) left.push(...Object.values(next));
	}
	return length;
}

function imagesIn(json: unknown): number | undefined {
	const lists = isRecord(json) ? [json.data, json.images] : [];
	return lists.find((list): list is unknown[] => Array.isArray(list))?.length;
}

function pagesIn(json: unknown): number | undefined {
	if (!isRecord(json)) return undefined;
	const processed = isRecord(json.usage_info) ? json.usage_info.pages_processed : undefined;
	if (typeof processed === 'number') return processed;
	return Array.isArray(json.pages) ? json.pages.length : undefined;
}

function secondsOf(request: Json): number | undefined {
	const seconds = first(request, ['duration', 'seconds', 'seconds_total', 'music_length_seconds']);
	const milliseconds = first(request, ['music_length_ms', 'duration_ms']);
	return seconds ?? (milliseconds === undefined ? undefined : milliseconds / 1000);
}

const first = (request: Json, names: string[]): number | undefined =>
	names.map((name) => toNumber(request[name])).find((value) => value !== undefined);
