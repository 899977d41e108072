import { isRecord } from '../json';
import { alternatives, type JsonSchema, type ObjectSchema } from '../schema/jsonSchema';
import { findProblem } from '../schema/validate';
import { messageSchemas } from './schema';

type Json = Record<string, unknown>;

/** How long a provider keeps what it has read. */
export type CacheTtl = '5m' | '1h';

/** Value of the option 'Prompt Caching'; `undefined` for off. */
export const toCacheTtl = (option: unknown): CacheTtl | undefined =>
	option === '5m' || option === '1h' ? option : undefined;

/** Anthropic's limit, which the API documents for no model. */
const MAX_BREAKPOINTS = 4;

/**
 * The same body with the points up to which the provider keeps what it read: after the tools, the
 * system prompt and the last message that will be sent again. Only where the model's schema documents
 * `cache_control`; any other body stays as it is. Messages become lists of parts, whether or not a
 * breakpoint stands in them, so that the next turn repeats them byte by byte.
 *
 * @param isOngoing whether the last message is sent again with the next turn; otherwise it is the
 * item's own, and the one before it is the last that others share
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
	const place = (name: string, value: unknown) => {
		if (left <= 0 || value === undefined) return;
		left--;
		marked[name] = value;
	};
	place('tools', marker.markTools(body.tools));
	place('system', marker.markSystem(body.system));
	if (!Array.isArray(body.messages)) return marked;
	const messages = body.messages.map((message) => marker.toParts(message));
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

/** What the items of a run have in common, for all that a provider reads before the last message. */
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

	/** Whether a message with a breakpoint, or a system prompt, is documented at all. */
	get isDocumented(): boolean {
		const user = { role: 'user', content: [this.mark({ type: 'text', text: 'x' })] };
		const system = [this.mark({ type: 'text', text: 'x' })];
		return this.takes(user) || this.takesSystem(system);
	}

	markTools(tools: unknown): unknown {
		const last: unknown = Array.isArray(tools) ? tools.at(-1) : undefined;
		const documented = this.schema.properties.tools;
		if (!isRecord(last) || !documented) return undefined;
		const marked = this.mark(last);
		const items = alternatives(documented).flatMap(({ items: item }) => (item ? [item] : []));
		const isTaken = items.some((item) => documentsControl(item, marked));
		return isTaken ? [...(tools as unknown[]).slice(0, -1), marked] : undefined;
	}

	markSystem(system: unknown): unknown {
		const parts = typeof system === 'string' && system ? [textPart(system)] : system;
		if (!Array.isArray(parts) || !isRecord(parts.at(-1))) return undefined;
		const marked = [...(parts as unknown[]).slice(0, -1), this.mark(parts.at(-1) as Json)];
		return this.takesSystem(marked) ? marked : undefined;
	}

	/** A message whose content is a list of parts, where one with a breakpoint may be. */
	toParts(message: unknown): Json {
		const { content, ...rest } = message as Json;
		if (typeof content !== 'string' || content === '') return message as Json;
		const parts = [textPart(content)];
		const isTaken = this.takes({ ...rest, content: [this.mark(parts[0])] });
		return isTaken ? { ...(message as Json), content: parts } : (message as Json);
	}

	/** Marks the last message from one index down to another that takes a breakpoint. */
	markLast(messages: Json[], from: number, to: number) {
		for (let index = from; index >= Math.max(to, 0); index--) {
			const { content } = messages[index];
			const last: unknown = Array.isArray(content) ? content.at(-1) : undefined;
			if (!isRecord(last) || last.cache_control !== undefined) continue;
			const marked = [...(content as unknown[]).slice(0, -1), this.mark(last)];
			const message = { ...messages[index], content: marked };
			if (this.takes(message)) return { index, message };
		}
		return undefined;
	}

	private mark = (part: Json): Json => ({ ...part, cache_control: this.control });

	private takes(message: Json): boolean {
		const parts = [message.content].flat();
		return messageSchemas(this.schema).some(
			(candidate) =>
				!findProblem(candidate, message) &&
				alternatives(candidate.properties?.content ?? {})
					.flatMap(({ items }) => (items ? alternatives(items) : []))
					.some((item) => documentsControl(item, parts.at(-1))),
		);
	}

	private takesSystem(system: unknown[]): boolean {
		const { system: documented } = this.schema.properties;
		return (
			documented !== undefined &&
			alternatives(documented)
				.flatMap(({ items }) => (items ? [items] : []))
				.some((item) => documentsControl(item, system.at(-1)))
		);
	}
}

/** Whether a schema takes a value and names `cache_control`, instead of merely letting it pass. */
const documentsControl = (schema: JsonSchema, value: unknown): boolean =>
	alternatives(schema).some(
		(form) => form.properties?.cache_control !== undefined && !findProblem(form, value),
	);

const textPart = (text: string): Json => ({ type: 'text', text });

const isSystem = ({ role }: Json): boolean => role === 'system' || role === 'developer';

/** Breakpoints that the user set. */
function countBreakpoints(value: unknown): number {
	return JSON.stringify(value).split('"cache_control":').length - 1;
}
