import { isRecord } from '../schema/jsonSchema';

type Json = Record<string, unknown>;

/**
 * Folds a streamed chat completion (server-sent events) into the completion that the same request
 * would have given without streaming. Copes with what the API's documentation shows: `usage: null`
 * on every chunk, an empty `id`, a last chunk without `delta` or without choices, no `[DONE]`.
 *
 * @returns `undefined` when the text holds no chunk
 */
export function foldEventStream(text: string): Json | undefined {
	const chunks = readEvents(text);
	if (!chunks.length) return undefined;
	const completion: Json = { object: 'chat.completion', choices: [] };
	const choices = new Map<number, Json>();
	for (const chunk of chunks) {
		for (const [name, value] of Object.entries(chunk)) {
			if (name === 'choices' || name === 'object' || isNothing(value)) continue;
			completion[name] = value;
		}
		for (const part of Array.isArray(chunk.choices) ? chunk.choices.filter(isRecord) : []) {
			addToChoice(choices, part);
		}
	}
	completion.choices = [...choices.values()].sort((a, b) => Number(a.index) - Number(b.index));
	return completion;
}

/** The parsed `data:` of each event; `[DONE]` and broken events are passed over. */
function readEvents(text: string): Json[] {
	return text
		.split(/\r?\n\r?\n/)
		.map(readData)
		.filter(isRecord);
}

function readData(event: string): unknown {
	const data = event
		.split(/\r?\n/)
		.filter((line) => line.startsWith('data:'))
		.map((line) => line.slice('data:'.length).trim())
		.join('\n');
	return data && data !== '[DONE]' ? parse(data) : undefined;
}

const isNothing = (value: unknown): boolean =>
	value === null || value === undefined || value === '';

const indexOf = ({ index }: Json): number => (typeof index === 'number' ? index : 0);

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
	for (const [name, value] of Object.entries(delta)) {
		if (isNothing(value)) continue;
		if (name === 'tool_calls' && Array.isArray(value)) addToolCalls(message, value);
		else if (name !== 'role' && typeof value === 'string') {
			message[name] = textOf(message[name]) + value;
		} else message[name] = value;
	}
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

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
