import { isRecord } from '../json';
import { parseReasoning, splitReasoning } from './reasoning';

/** One choice of a chat completion in the node's words, whichever form the model answered in. */
export interface ChatAnswer {
	text: string;
	reasoning?: string;
	toolCalls?: ToolCall[];
	finishReason: string;
}

export interface ToolCall {
	id: string;
	name: string;
	/** Parsed; the raw text where the model wrote no valid JSON. */
	arguments: unknown;
}

export interface Citation {
	url: string;
	title?: string;
}

/** Reads every choice of a completion; an empty list when the body has none. */
export function parseChoices(completion: unknown): ChatAnswer[] {
	const choices = isRecord(completion) ? completion.choices : undefined;
	return Array.isArray(choices) ? choices.filter(isRecord).map(parseChoice) : [];
}

function parseChoice(choice: Record<string, unknown>): ChatAnswer {
	const message = isRecord(choice.message) ? choice.message : {};
	const { text, thought } = splitReasoning(toText(message));
	const reasoning = parseReasoning(message)?.text || thought;
	const toolCalls = parseToolCalls(message);
	return {
		text,
		...(reasoning && { reasoning }),
		...(toolCalls.length && { toolCalls }),
		finishReason: String(choice.finish_reason ?? 'stop'),
	};
}

/** Content is text, a list of parts, or null; then a refusal or a spoken answer may stand beside. */
function toText(message: Record<string, unknown>): string {
	const { content, refusal, audio } = message;
	if (typeof content === 'string' && content) return content;
	if (Array.isArray(content)) return joinTexts(content);
	if (typeof refusal === 'string') return refusal;
	return isRecord(audio) && typeof audio.transcript === 'string' ? audio.transcript : '';
}

const joinTexts = (parts: unknown[]): string =>
	parts.map((part) => (isRecord(part) && typeof part.text === 'string' ? part.text : '')).join('');

/** In OpenAI's form calls stand beside the content, in Anthropic's they are parts of it. */
function parseToolCalls({ tool_calls: calls, content }: Record<string, unknown>): ToolCall[] {
	const beside = Array.isArray(calls) ? calls.filter(isRecord) : [];
	const parts = Array.isArray(content) ? content.filter(isRecord) : [];
	return [
		...beside.map((call) => parseToolCall(call, call.function ?? call.custom)),
		...parts.filter(({ type }) => type === 'tool_use').map((part) => parseToolCall(part, part)),
	];
}

function parseToolCall({ id }: Record<string, unknown>, content: unknown): ToolCall {
	const called = isRecord(content) ? content : {};
	return {
		id: String(id ?? ''),
		name: String(called.name ?? ''),
		arguments: parseArguments(called.arguments ?? called.input),
	};
}

export function parseArguments(value: unknown): unknown {
	if (typeof value !== 'string') return value ?? {};
	if (value.trim() === '') return {};
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}

/** Sources of the answer: `search_results`, `citations`, or annotations of the first message. */
export function parseCitations(completion: unknown): Citation[] {
	if (!isRecord(completion)) return [];
	const [choice] = Array.isArray(completion.choices) ? completion.choices : [];
	const message = isRecord(choice) && isRecord(choice.message) ? choice.message : {};
	const lists = [completion.search_results, completion.citations, message.annotations];
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
