import { isRecord, toNumber, tryParse, tryStringify, type Json } from '../json';
import { joinBase64 } from './answerFiles';
import { contentText } from './completion';
import { finishReasonOf } from './finishReason';
import { isReasoning } from './reasoning';

/**
 * Folds the chunks of a streamed chat completion into the completion that the same request returns
 * without streaming.
 *
 * @returns `undefined` if there are no chunks
 */
export function foldChunks(chunks: Json[]): Json | undefined {
	if (!chunks.length) return undefined;
	const fold = new CompletionFold();
	for (const chunk of chunks) fold.add(chunk);
	return fold.completion;
}

/**
 * Builds a chat completion from its chunks, including those in the API's documentation: `usage: null` on
 * every chunk, an empty `id`, a last chunk without `delta` or without choices.
 */
export class CompletionFold {
	private readonly envelope: Json = { object: 'chat.completion' };
	private readonly choices = new Map<number, ChoiceFold>();

	add(chunk: Json): void {
		for (const [name, value] of Object.entries(chunk)) {
			if (name === 'choices' || name === 'object' || isNothing(value)) continue;
			this.envelope[name] = value;
		}
		for (const part of partsOf(chunk)) {
			const index = indexOf(part);
			const choice = this.choices.get(index) ?? new ChoiceFold(index);
			this.choices.set(index, choice);
			choice.add(part);
		}
	}

	/** The completion so far. */
	get completion(): Json {
		const choices = [...this.choices.values()].map(({ choice }) => choice);
		return { ...this.envelope, choices: choices.sort((a, b) => Number(a.index) - Number(b.index)) };
	}
}

/** The text that a chunk adds to the first choice. */
export function textOfChunk(chunk: Json): string {
	const first = partsOf(chunk).find((part) => indexOf(part) === 0);
	if (!first) return '';
	return isRecord(first.delta)
		? contentText(first.delta.content)
		: textOf(first.delta ?? first.text);
}

/** Whether a chunk has a finish reason. */
export const endsAnswer = (chunk: Json): boolean =>
	partsOf(chunk).some((part) => finishReasonOf(part) !== undefined);

const partsOf = ({ choices }: Json): Json[] =>
	Array.isArray(choices) ? choices.filter(isRecord) : [];

const isNothing = (value: unknown): boolean =>
	value === null || value === undefined || value === '';

const indexOf = ({ index }: Json): number => toNumber(index) ?? 0;

/** A piece of text; other values, e.g. arguments as an object, as JSON. */
const textOf = (value: unknown): string =>
	typeof value === 'string' ? value : isNothing(value) ? '' : tryStringify(value);

/** Copies the properties that say something. */
function assign(target: Json, values: Json): void {
	for (const [name, value] of Object.entries(values)) {
		if (!isNothing(value)) target[name] = value;
	}
}

const NOT_COPIED = new Set(['index', 'delta', 'message', 'text']);

/** One choice of a completion that is being built. */
class ChoiceFold {
	readonly choice: Json;
	private message: Json = { role: 'assistant', content: '' };
	private readonly calls = new CallsFold();

	constructor(index: number) {
		this.choice = { index, message: this.message };
	}

	/** A chunk has the new part as `delta`; some providers also or only send the message so far. */
	add(part: Json): void {
		const { delta, message, text } = part;
		for (const [name, value] of Object.entries(part)) {
			if (!NOT_COPIED.has(name) && !isNothing(value)) this.choice[name] = value;
		}
		if (isRecord(delta)) this.addToMessage(delta);
		else if (isRecord(message)) this.replaceMessage(message);
		else this.addToMessage({ content: delta ?? text });
	}

	private replaceMessage(message: Json): void {
		this.message = { ...message };
		this.choice.message = this.message;
	}

	private addToMessage(delta: Json): void {
		for (const [name, given] of Object.entries(delta)) {
			const value = name === 'content' ? toContent(given) : given;
			if (!isNothing(value)) this.message[name] = this.join(name, value);
		}
	}

	private join(name: string, value: unknown): unknown {
		const known = this.message[name];
		if (name === 'tool_calls' && Array.isArray(value))
			return this.calls.add(value.filter(isRecord));
		if (Array.isArray(value)) return joinFragments(known, value);
		if (typeof value === 'string' && name !== 'role') {
			return Array.isArray(known) ? addText(known, value) : textOf(known) + value;
		}
		return isRecord(value) && STREAMED_RECORDS.has(name) ? joinRecord(known, value) : value;
	}
}

/** Content that some models send as parts; files and reasoning stay parts. */
function toContent(content: unknown): unknown {
	if (!Array.isArray(content)) return isRecord(content) ? toContent([content]) : content;
	const isPlain = content.every((part) => typeof part === 'string' || isTextPart(part));
	return isPlain ? contentText(content) : content;
}

const isTextPart = (part: unknown): boolean =>
	isRecord(part) &&
	!isReasoning(part) &&
	(part.type === undefined ? 'text' in part : /text|refusal/.test(String(part.type)));

/** Appends to a list; fragments with the same type and index are joined. */
function joinFragments(known: unknown, fragments: unknown[]): unknown[] {
	const entries = Array.isArray(known) ? (known as unknown[]) : toParts(known);
	for (const fragment of fragments) {
		const last = entries.at(-1);
		if (isRecord(fragment) && isRecord(last) && isSameEntry(last, fragment)) {
			entries[entries.length - 1] = joinRecord(last, fragment);
		} else entries.push(fragment);
	}
	return entries;
}

/** Text that arrived before parts, as a part. */
const toParts = (text: unknown): unknown[] => (isNothing(text) ? [] : [{ type: 'text', text }]);

/** Adds text that arrived after parts, such as reasoning or an image, to the last part or as a new one. */
function addText(parts: unknown[], text: string): unknown[] {
	const last = parts.at(-1);
	return isRecord(last) && last.type === 'text'
		? [...parts.slice(0, -1), { ...last, text: textOf(last.text) + text }]
		: [...parts, ...toParts(text)];
}

const isSameEntry = (entry: Json, fragment: Json): boolean =>
	typeof fragment.index === 'number' &&
	fragment.index === entry.index &&
	fragment.type === entry.type;

/** Objects in a message that are streamed in fragments; others arrive whole. */
const STREAMED_RECORDS = new Set(['audio', 'function_call']);

/** Their properties, and those of list entries such as `reasoning_details`, that are streamed. */
const STREAMED_TEXTS = new Set(['text', 'thinking', 'summary', 'transcript', 'arguments']);

/** Joins two fragments of an object: its streamed texts and base64 `data`; otherwise the last wins. */
function joinRecord(known: unknown, fragment: Json): Json {
	const joined: Json = isRecord(known) ? { ...known } : {};
	for (const [name, value] of Object.entries(fragment)) {
		if (isNothing(value)) continue;
		if (name === 'data') joined.data = joinBase64(textOf(joined.data), textOf(value));
		else if (!STREAMED_TEXTS.has(name)) joined[name] = value;
		else if (Array.isArray(value)) joined[name] = joinFragments(joined[name], value);
		else joined[name] = textOf(joined[name]) + textOf(value);
	}
	return joined;
}

/**
 * Joins the fragments of tool calls. The first fragment of a call has its ID, the others the same index;
 * but some models use one index or none for all calls, some have no IDs, and some have a new ID in each
 * fragment. So a new call starts with a new index, with a new ID and a name, or with a name alone if the
 * current call already has one and is complete.
 */
class CallsFold {
	private readonly calls: Json[] = [];
	private readonly byId = new Map<unknown, Json>();
	private readonly byIndex = new Map<unknown, Json>();
	/** The last character of each call's arguments, to avoid reading them for each fragment. */
	private readonly ends = new Map<Json, string>();

	/** @returns all calls so far, the same list each time */
	add(fragments: Json[]): Json[] {
		for (const fragment of fragments) this.addFragment(fragment);
		return this.calls;
	}

	/** Calls of custom tools have `custom` and `input`; some models have no object around the name. */
	private addFragment(fragment: Json): void {
		const {
			id,
			index,
			type,
			function: called,
			custom,
			name,
			arguments: text,
			input,
			...rest
		} = fragment;
		const part = [called, custom].find(isRecord) ?? { name, arguments: text, input };
		const { input: free, arguments: piece = free, ...given } = part;
		const call = this.find(id, index, { ...given, arguments: piece }) ?? this.start(id, index);
		if (!isNothing(id)) this.byId.set(id, call);
		assign(call, { ...rest, type, id: isNothing(call.id) ? id : call.id });
		const known = call.function as Json;
		assign(known, given);
		const written = textOf(piece);
		known.arguments = textOf(known.arguments) + written;
		this.ends.set(known, written.trimEnd().at(-1) ?? this.ends.get(known) ?? '');
	}

	private find(id: unknown, index: unknown, given: Json): Json | undefined {
		const ofIndex =
			this.byIndex.get(index) ?? (index === undefined ? this.calls.at(-1) : undefined);
		if (!isNothing(id)) {
			const isRest =
				isNothing(given.name) && ofIndex && (!isNothing(index) || isNothing(ofIndex.id));
			return this.byId.get(id) ?? (isRest ? ofIndex : undefined);
		}
		return ofIndex && this.beginsAnother(ofIndex.function as Json, given) ? undefined : ofIndex;
	}

	private start(id: unknown, index: unknown): Json {
		const call = { id, index, type: 'function', function: { name: '', arguments: '' } };
		this.calls.push(call);
		this.byIndex.set(index, call);
		return call;
	}

	/** Whether a fragment without an ID starts another call of the same index. */
	private beginsAnother(known: Json, { name, arguments: text }: Json): boolean {
		if (isNothing(name) || isNothing(known.name)) return false;
		if (name !== known.name) return true;
		const mayBegin = this.ends.get(known) === '}' && textOf(text).trimStart().startsWith('{');
		return mayBegin && isRecord(tryParse(textOf(known.arguments)));
	}
}
