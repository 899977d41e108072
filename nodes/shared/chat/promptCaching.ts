import { isRecord, type Json } from '../json';
import { itemAlternatives, type JsonSchema, type ObjectSchema } from '../schema/jsonSchema';
import { findProblem } from '../schema/validate';
import { messageSchemas } from './schema';

/** How long a provider caches a prompt. */
export type CacheTtl = '5m' | '1h';

/** Value of the option 'Prompt Caching'; `undefined` for off. */
export const toCacheTtl = (option: unknown): CacheTtl | undefined =>
	option === '5m' || option === '1h' ? option : undefined;

/** Anthropic's limit, which the API documents for no model. */
const MAX_BREAKPOINTS = 4;

/**
 * Adds cache breakpoints to a body: after the tools, the system prompt and the last message that will be
 * sent again. Only if the model's schema documents `cache_control`; otherwise the body stays as it is.
 * Messages become lists of parts, with or without a breakpoint, so that the next turn repeats them byte
 * for byte.
 *
 * @param isOngoing whether the last message is sent again with the next turn; otherwise it is the
 * item's own, and the one before it is the last that other items share
 */
export function withBreakpoints(
	body: Json,
	schema: ObjectSchema | undefined,
	ttl: CacheTtl | undefined,
	isOngoing: boolean,
): Json {
	if (!ttl || !schema) return body;
	const controls = [{ type: 'ephemeral', ttl }, ...(ttl === '5m' ? [{ type: 'ephemeral' }] : [])];
	const marker = controls
		.map((control) => new Marker(schema, control))
		.find((candidate) => candidate.isDocumented);
	if (!marker) return body;
	let left = MAX_BREAKPOINTS - countBreakpoints(body);
	const marked = { ...body };
	const { tools, system } = body;
	const lists = {
		tools,
		system: typeof system === 'string' && system ? [textPart(system)] : system,
	};
	for (const name of ['tools', 'system'] as const) {
		const list = left > 0 ? marker.markList(name, lists[name]) : undefined;
		if (!list) continue;
		left--;
		marked[name] = list;
	}
	const given = body.messages;
	if (!Array.isArray(given) || !given.every(isRecord)) return marked;
	const messages = given.map((message) => marker.toParts(message));
	const lastOfSystem = messages.findLastIndex(isSystem);
	const last = isOngoing ? messages.length - 1 : messages.length - 2;
	for (const [from, to] of [
		[lastOfSystem, lastOfSystem],
		[last, lastOfSystem + 1],
	]) {
		const found = left > 0 ? marker.markLast(messages, from, to) : undefined;
		if (found === undefined) continue;
		left--;
		messages[found.index] = found.message;
	}
	return { ...marked, messages };
}

/** A key for what a provider reads before the last message; the same for items that begin alike. */
export function beginningOf({ model, tools, system, messages, input, instructions }: Json): string {
	const conversation = [messages ?? input].flat().slice(0, -1);
	return JSON.stringify([model, tools, system, instructions, conversation]);
}

/** Characters below which providers cache nothing: about 1024 tokens. */
export const MIN_CACHED_CHARACTERS = 4096;

/** Puts `cache_control` where a model's schema documents it. */
class Marker {
	constructor(
		private readonly schema: ObjectSchema,
		private readonly control: object,
	) {}

	/** Whether a breakpoint in a user message or in the system prompt is documented. */
	get isDocumented(): boolean {
		const text = [textPart('x')];
		const content = this.markLastEntry(text);
		return this.takes({ role: 'user', content }) || this.markList('system', text) !== undefined;
	}

	/** A list of the body with a breakpoint at its end; `undefined` if the model documents none there. */
	markList(name: 'tools' | 'system', list: unknown): unknown[] | undefined {
		const marked = this.markLastEntry(list);
		const isTaken = marked && hasBreakpoints(this.schema.properties[name], marked.at(-1));
		return isTaken ? marked : undefined;
	}

	/** The message with its text as a list of parts, if the model accepts a breakpoint there. */
	toParts(message: Json): Json {
		if (typeof message.content !== 'string' || message.content === '') return message;
		const content = [textPart(message.content)];
		const isTaken = this.takes({ ...message, content: this.markLastEntry(content) });
		return isTaken ? { ...message, content } : message;
	}

	/** Marks the last message between two indexes, from the higher one down, that accepts a breakpoint. */
	markLast(messages: Json[], from: number, to: number) {
		for (let index = from; index >= Math.max(to, 0); index--) {
			const content = this.markLastEntry(messages[index].content);
			const message = { ...messages[index], content };
			if (content && this.takes(message)) return { index, message };
		}
		return undefined;
	}

	/** `undefined` unless the last entry is an object without a breakpoint. */
	private markLastEntry(list: unknown): unknown[] | undefined {
		const last: unknown = Array.isArray(list) ? list.at(-1) : undefined;
		if (!Array.isArray(list) || !isRecord(last) || last.cache_control !== undefined)
			return undefined;
		return list.with(-1, { ...last, cache_control: this.control });
	}

	private takes(message: Json): boolean {
		const last = [message.content].flat().at(-1);
		return messageSchemas(this.schema).some(
			(candidate) =>
				!findProblem(candidate, message) && hasBreakpoints(candidate.properties?.content, last),
		);
	}
}

/** Whether a list takes an entry and documents `cache_control`, instead of merely letting it pass. */
const hasBreakpoints = (list: JsonSchema | undefined, entry: unknown): boolean =>
	itemAlternatives(list ?? {}).some(
		(form) => form.properties?.cache_control !== undefined && !findProblem(form, entry),
	);

const textPart = (text: string): Json => ({ type: 'text', text });

const isSystem = ({ role }: Json): boolean => role === 'system' || role === 'developer';

/** The number of breakpoints that the user set. */
function countBreakpoints(value: unknown): number {
	return JSON.stringify(value).split('"cache_control":').length - 1;
}
