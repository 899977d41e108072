import { isRecord } from '../json';
import { EventParser } from '../transport/serverSentEvents';

type Json = Record<string, unknown>;

/**
 * Folds a streamed chat completion (server-sent events) into the completion that the same request
 * would have given without streaming.
 *
 * @returns `undefined` when the text holds no chunk
 */
export function foldEventStream(text: string): Json | undefined {
	const parser = new EventParser();
	const chunks = [...parser.push(Buffer.from(text)), ...parser.end()];
	if (!chunks.length) return undefined;
	const fold = new CompletionFold();
	for (const chunk of chunks) fold.add(chunk);
	return fold.completion;
}

/**
 * Grows a chat completion from its chunks. Copes with what the API's documentation shows: `usage:
 * null` on every chunk, an empty `id`, a last chunk without `delta` or without choices.
 */
export class CompletionFold {
	private readonly envelope: Json = { object: 'chat.completion' };
	private readonly choices = new Map<number, Json>();

	add(chunk: Json): void {
		for (const [name, value] of Object.entries(chunk)) {
			if (name === 'choices' || name === 'object' || isNothing(value)) continue;
			this.envelope[name] = value;
		}
		for (const part of partsOf(chunk)) addToChoice(this.choices, part);
	}

	/** The completion as far as it came. */
	get completion(): Json {
		const choices = [...this.choices.values()].sort((a, b) => Number(a.index) - Number(b.index));
		return { ...this.envelope, choices };
	}
}

/** The text that a chunk adds to the first choice. */
export function textOfChunk(chunk: Json): string {
	const first = partsOf(chunk).find((part) => indexOf(part) === 0);
	return isRecord(first?.delta) ? textOf(contentText(first.delta.content)) : '';
}

/** Whether a chunk says why the answer ends. */
export const endsAnswer = (chunk: Json): boolean =>
	partsOf(chunk).some(({ finish_reason: reason }) => !isNothing(reason));

const partsOf = ({ choices }: Json): Json[] =>
	Array.isArray(choices) ? choices.filter(isRecord) : [];

const isNothing = (value: unknown): boolean =>
	value === null || value === undefined || value === '';

const indexOf = ({ index }: Json): number => (typeof index === 'number' ? index : 0);

/** Some models send content as a list of parts. */
const contentText = (content: unknown): unknown =>
	Array.isArray(content)
		? content.map((part) => (isRecord(part) ? textOf(part.text) : '')).join('')
		: content;

/** A piece of text; what is none (a provider's arguments as an object) in JSON. */
const textOf = (value: unknown): string =>
	typeof value === 'string' ? value : isNothing(value) ? '' : JSON.stringify(value);

function addToChoice(choices: Map<number, Json>, part: Json): void {
	const index = indexOf(part);
	const choice = choices.get(index) ?? { index, message: { role: 'assistant', content: '' } };
	choices.set(index, choice);
	if (!isNothing(part.finish_reason)) choice.finish_reason = part.finish_reason;
	if (isRecord(part.delta)) addToMessage(choice.message as Json, part.delta);
}

function addToMessage(message: Json, delta: Json): void {
	for (const [name, given] of Object.entries(delta)) {
		const value = name === 'content' ? contentText(given) : given;
		if (isNothing(value)) continue;
		if (name === 'tool_calls' && Array.isArray(value)) addToolCalls(message, value);
		else if (Array.isArray(value)) message[name] = joinFragments(message[name], value);
		else if (name !== 'role' && typeof value === 'string') {
			message[name] = textOf(message[name]) + value;
		} else message[name] = value;
	}
}

/** Lists grow; pieces of one entry share its type and index, and their texts are joined. */
function joinFragments(known: unknown, fragments: unknown[]): unknown[] {
	const entries = Array.isArray(known) ? [...(known as unknown[])] : [];
	for (const fragment of fragments) {
		const last = entries.at(-1);
		if (isRecord(fragment) && isRecord(last) && isSameEntry(last, fragment)) {
			entries[entries.length - 1] = joinTexts(last, fragment);
		} else entries.push(fragment);
	}
	return entries;
}

const isSameEntry = (entry: Json, fragment: Json): boolean =>
	typeof fragment.index === 'number' &&
	fragment.index === entry.index &&
	fragment.type === entry.type;

/** What streams piece by piece of reasoning in `reasoning_details`; other properties come whole. */
const STREAMED_TEXTS = ['text', 'summary', 'data'];

function joinTexts(entry: Json, fragment: Json): Json {
	const texts = STREAMED_TEXTS.filter((name) => !isNothing(fragment[name])).map((name) => [
		name,
		textOf(entry[name]) + textOf(fragment[name]),
	]);
	const others = Object.entries(fragment).filter(([, value]) => !isNothing(value));
	return { ...entry, ...Object.fromEntries(others), ...Object.fromEntries(texts) };
}

function addToolCalls(message: Json, fragments: unknown[]): void {
	const calls = (message.tool_calls ??= []) as Json[];
	for (const fragment of fragments.filter(isRecord)) {
		const call = findCall(calls, fragment) ?? startCall(calls, fragment);
		if (!isRecord(fragment.function)) continue;
		const called = call.function as Json;
		if (!isNothing(fragment.function.name)) called.name = fragment.function.name;
		called.arguments = textOf(called.arguments) + textOf(fragment.function.arguments);
	}
}

/**
 * Only the first fragment of a tool call has the id; the others share its index. Some models give
 * all calls the same index or none, so an id not seen before begins a new call.
 */
function findCall(calls: Json[], { id, index }: Json): Json | undefined {
	if (!isNothing(id)) return calls.find((call) => call.id === id);
	const ofIndex = calls.findLast((call) => call.index === index);
	return ofIndex ?? (index === undefined ? calls.at(-1) : undefined);
}

function startCall(calls: Json[], { id, index }: Json): Json {
	const call = { id, index, type: 'function', function: { name: '', arguments: '' } };
	calls.push(call);
	return call;
}
