import { isRecord, tryParse } from '../json';
import { failsChoice, parseBodyMessage } from '../transport/errorBody';
import { parseAnswerFiles, takeFiles, type AnswerFile } from './answerFiles';
import { readLooseObject } from './looseJson';
import { joinTexts, parseReasoning, splitReasoning } from './reasoning';

type Json = Record<string, unknown>;

/** One choice of a chat completion in the node's words, whichever form the model answered in. */
export interface ChatAnswer {
	text: string;
	reasoning?: string;
	toolCalls?: ToolCall[];
	/** Images and other files of the answer. */
	files?: AnswerFile[];
	/** In the API's words; 'unknown' where it names none. */
	finishReason: string;
	/** Set when the API reports that it failed: what it says. */
	error?: string;
}

export interface ToolCall {
	id: string;
	name: string;
	/** Parsed; the raw text where the model wrote no valid JSON. */
	arguments: unknown;
	/** What else the call holds, which its model wants back unchanged. */
	extra?: CallExtra;
}

/** Properties of a call that OpenAI's form does not know, e.g. Gemini's thought signature. */
export interface CallExtra {
	call: Json;
	function: Json;
}

export interface Citation {
	url: string;
	title?: string;
}

/** Reads every choice of a completion; an empty list when the body has none. */
export function parseChoices(completion: unknown): ChatAnswer[] {
	return choicesOf(completion).map(parseChoice);
}

const choicesOf = (completion: unknown): Json[] =>
	isRecord(completion) && Array.isArray(completion.choices)
		? completion.choices.filter(isRecord)
		: [];

/** A choice's message; of a choice in the form of the older text completions, its text as one. */
export function messageOf(choice: Json): Json {
	const message = [choice.message, choice.delta].find(
		(part) => part !== undefined && part !== null,
	);
	if (isRecord(message)) return message;
	return { content: typeof message === 'string' ? message : (choice.text ?? '') };
}

/** The message of a completion's first choice. */
export const firstMessage = (completion: unknown): Json =>
	messageOf(choicesOf(completion)[0] ?? {});

function parseChoice(choice: Json): ChatAnswer {
	const message = messageOf(choice);
	const { text: written, thought } = splitReasoning(parseText(message));
	const { text } = takeFiles(written);
	const reasoning = parseReasoning(message)?.text || thought;
	const toolCalls = parseToolCalls(message);
	const files = parseAnswerFiles(message);
	const error = failsChoice(choice)
		? parseBodyMessage(choice) || 'The provider reported an error'
		: '';
	return {
		text,
		...(reasoning && { reasoning }),
		...(toolCalls.length && { toolCalls }),
		...(files.length && { files }),
		finishReason: String(choice.finish_reason ?? choice.native_finish_reason ?? 'unknown'),
		...(error && { error }),
	};
}

/** Content is text, a part, a list of parts, or null; a refusal or spoken words may stand beside. */
function parseText({ content, refusal, audio }: Json): string {
	const text = contentText(content);
	if (text) return text;
	if (typeof refusal === 'string') return refusal;
	return isRecord(audio) && typeof audio.transcript === 'string' ? audio.transcript : '';
}

/** The text of a message's content, in whichever form; reasoning and files among it are left out. */
export const contentText = (content: unknown): string =>
	Array.isArray(content) ? content.map(partText).join('') : partText(content);

function partText(part: unknown): string {
	if (typeof part === 'number' || typeof part === 'boolean') return String(part);
	if (!isRecord(part)) return joinTexts(part);
	return NOT_SAID.has(String(part.type)) ? '' : joinTexts(part.text ?? part.refusal);
}

/** Parts of a content that are no part of what is said. */
const NOT_SAID = new Set(['thinking', 'redacted_thinking', 'reasoning', 'tool_use', 'tool_result']);

/** Calls stand beside the content, in Anthropic's form in it; once there was a single one. */
function parseToolCalls({ tool_calls: calls, function_call: call, content }: Json): ToolCall[] {
	const beside = Array.isArray(calls) ? calls.filter(isRecord) : [];
	const parts = [content].flat().filter(isRecord);
	const legacy = !beside.length && isRecord(call) ? [{ function: call }] : [];
	return [
		...[...beside, ...legacy].map(parseCall),
		...parts.filter(({ type }) => type === 'tool_use').map(parseCall),
	];
}

const CALL_KEYS = ['id', 'type', 'index', 'function', 'custom', 'name', 'arguments', 'input'];

function parseCall(call: Json): ToolCall {
	const called = [call.function, call.custom].find(isRecord) ?? call;
	const extra = {
		call: othersOf(call, CALL_KEYS),
		function: called === call ? {} : othersOf(called, CALL_KEYS),
	};
	const hasExtra = Object.values(extra).some((part) => Object.keys(part).length);
	return {
		id: String(call.id ?? ''),
		name: String(called.name ?? ''),
		arguments: parseArguments(called.arguments ?? called.input),
		...(hasExtra && { extra }),
	};
}

const othersOf = (part: Json, known: string[]): Json =>
	Object.fromEntries(
		Object.entries(part).filter(
			([name, value]) => !known.includes(name) && value !== null && value !== undefined,
		),
	);

/** An object as such, or the object that a text stands for; otherwise the text itself. */
export function parseArguments(value: unknown): unknown {
	if (typeof value !== 'string') return value ?? {};
	if (value.trim() === '') return {};
	const parsed = tryParse(value);
	if (isRecord(parsed)) return parsed;
	return readLooseObject(value) ?? parsed ?? value;
}

/** Sources of the answer: `search_results`, `citations`, or annotations of the first message. */
export function parseCitations(completion: unknown): Citation[] {
	if (!isRecord(completion)) return [];
	const { annotations } = firstMessage(completion);
	const lists = [completion.search_results, completion.citations, annotations];
	const found = lists
		.map((list) => (Array.isArray(list) ? list.flatMap(parseCitation) : []))
		.find((citations) => citations.length);
	return found ?? [];
}

export function parseCitation(source: unknown): Citation | [] {
	if (typeof source === 'string') return { url: source };
	if (!isRecord(source)) return [];
	const { url, title } = isRecord(source.url_citation) ? source.url_citation : source;
	if (typeof url !== 'string') return [];
	return { url, ...(typeof title === 'string' && title && { title }) };
}
