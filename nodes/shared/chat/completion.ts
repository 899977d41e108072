import { isRecord, tryParse, type Json } from '../json';
import { failsChoice, parseBodyMessage } from '../transport/errorBody';
import { parseAnswerFiles, takeFiles, type AnswerFile } from './answerFiles';
import { finishReasonOf } from './finishReason';
import { parseLooseObject } from './looseJson';
import { isEmpty, isReasoning, joinTexts, parseReasoning, splitReasoning } from './reasoning';

/** One choice of a chat completion, in one form for all models. */
export interface ChatAnswer {
	text: string;
	reasoning?: string;
	toolCalls?: ToolCall[];
	/** Images and other files of the answer. */
	files?: AnswerFile[];
	/** As the API names it; 'unknown' if it doesn't. */
	finishReason: string;
	/** The API's message if the choice failed. */
	error?: string;
}

export interface ToolCall {
	id: string;
	name: string;
	/** Parsed; the raw text if it isn't valid JSON. */
	arguments: unknown;
	/** Further properties of the call, which its model needs back unchanged. */
	extra?: CallExtra;
}

/** Properties of a call that OpenAI's form doesn't have, e.g. Gemini's thought signature. */
export interface CallExtra {
	call: Json;
	function: Json;
}

export interface Citation {
	url: string;
	title?: string;
}

/** Parses the choices of a completion; an empty list if the body has none. */
export function parseChoices(completion: unknown): ChatAnswer[] {
	return choicesOf(completion).map(parseChoice);
}

const choicesOf = (completion: unknown): Json[] =>
	isRecord(completion) && Array.isArray(completion.choices)
		? completion.choices.filter(isRecord)
		: [];

/** The message of a choice; for older text completions, one made of the choice's text. */
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
	const error = failsChoice(choice)
		? parseBodyMessage(choice) || 'The provider reported an error'
		: '';
	return {
		...parseMessage(messageOf(choice)),
		finishReason: finishReasonOf(choice) ?? 'unknown',
		...(error && { error }),
	};
}

/** What a message in the form of chat completions contains. */
export function parseMessage(message: Json): Omit<ChatAnswer, 'finishReason' | 'error'> {
	const { text: written, thought } = splitReasoning(parseText(message));
	const { text } = takeFiles(written);
	const reasoning = parseReasoning(message)?.text || thought;
	const toolCalls = parseToolCalls(message);
	const files = parseAnswerFiles(message);
	return {
		text,
		...(reasoning && { reasoning }),
		...(toolCalls.length && { toolCalls }),
		...(files.length && { files }),
	};
}

/** Content is text, a part, a list of parts or null; there may also be a refusal or an audio transcript. */
function parseText({ content, refusal, audio }: Json): string {
	const text = contentText(content);
	if (text) return text;
	if (typeof refusal === 'string') return refusal;
	return isRecord(audio) && typeof audio.transcript === 'string' ? audio.transcript : '';
}

/** The text of a message's content in any form, without reasoning and files. */
export const contentText = (content: unknown): string =>
	Array.isArray(content) ? content.map(partText).join('') : partText(content);

function partText(part: unknown): string {
	if (typeof part === 'number' || typeof part === 'boolean') return String(part);
	if (!isRecord(part)) return joinTexts(part);
	const type = String(part.type);
	if (isReasoning(part) || /tool/.test(type)) return '';
	return joinTexts(part.text ?? part.refusal ?? (/text/.test(type) ? part : ''));
}

/** Tool calls are next to the content, or in it in Anthropic's form; older models have a single one. */
function parseToolCalls({ tool_calls: calls, function_call: call, content }: Json): ToolCall[] {
	const beside = [calls].flat().filter(isRecord);
	const parts = [content].flat().filter(isRecord);
	const legacy = !beside.length && isRecord(call) ? [{ function: call }] : [];
	return [
		...[...beside, ...legacy].map(parseCall),
		...parts.filter(({ type }) => CALL_PARTS.has(type)).map(parseCall),
	];
}

const CALL_PARTS = new Set<unknown>(['tool_use', 'tool_call', 'function_call']);
/** Names of the arguments, in the order of preference. */
const ARGUMENTS = ['arguments', 'input', 'parameters', 'args'];
const CALL_KEYS = ['id', 'call_id', 'type', 'index', 'function', 'custom', 'name', ...ARGUMENTS];

function parseCall(call: Json): ToolCall {
	const called = [call.function, call.custom].find(isRecord) ?? call;
	const extra = {
		call: othersOf(call, CALL_KEYS),
		function: called === call ? {} : othersOf(called, CALL_KEYS),
	};
	const hasExtra = Object.values(extra).some((part) => Object.keys(part).length);
	return {
		id: String(call.call_id ?? call.id ?? ''),
		name: String(called.name ?? ''),
		arguments: parseArguments(
			ARGUMENTS.map((name) => called[name]).find((given) => given !== undefined),
		),
		...(hasExtra && { extra }),
	};
}

const othersOf = (part: Json, known: string[]): Json =>
	Object.fromEntries(
		Object.entries(part).filter(
			([name, value]) => !known.includes(name) && value !== null && value !== undefined,
		),
	);

/** An object, or the one encoded in a text, `{}` for nothing; otherwise the text itself. */
export function parseArguments(value: unknown): unknown {
	if (typeof value !== 'string') return isEmpty(value) ? {} : value;
	// Some gateways put the empty object in front with which Anthropic's streams begin.
	const text = value.startsWith('{}{') ? value.slice('{}'.length) : value;
	const parsed = text.trim() === '' ? '' : tryParse(text);
	if (isRecord(parsed)) return parsed;
	if (parsed !== undefined && isEmpty(parsed)) return {};
	return parseLooseObject(text) ?? parsed ?? value;
}

/** The sources in `search_results`, `citations`, or those of the first message. */
export function parseCitations(completion: unknown): Citation[] {
	if (!isRecord(completion)) return [];
	const { annotations, citations, content } = firstMessage(completion);
	const parts = [content].flat().filter(isRecord);
	const cited = parts.flatMap((part) => part.annotations ?? part.citations ?? []);
	return findCitations([
		...[completion.search_results, completion.citations],
		...[annotations, citations, cited],
	]);
}

/** The sources in the first list that has any. */
export const findCitations = (lists: unknown[]): Citation[] =>
	lists
		.map((list) => (Array.isArray(list) ? list.flatMap(parseCitation) : []))
		.find((citations) => citations.length) ?? [];

function parseCitation(source: unknown): Citation | [] {
	if (typeof source === 'string') return { url: source };
	if (!isRecord(source)) return [];
	const { url, title } = isRecord(source.url_citation) ? source.url_citation : source;
	if (typeof url !== 'string') return [];
	return { url, ...(typeof title === 'string' && title && { title }) };
}
