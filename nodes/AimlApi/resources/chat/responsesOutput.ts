import type { ChatParser } from '../../../shared/chat/answer';
import { parseFile } from '../../../shared/chat/answerFiles';
import {
	parseArguments,
	parseCitation,
	type ChatAnswer,
	type Citation,
} from '../../../shared/chat/completion';
import { isRecord, type Json } from '../../../shared/json';

/**
 * Parses a response of the Responses API: text and refusals of its messages, the reasoning summary,
 * function calls and files.
 *
 * @returns `undefined` if it has no output
 */
export function parseResponse(body: unknown): ChatAnswer | undefined {
	if (!isRecord(body) || !Array.isArray(body.output)) return undefined;
	const items = body.output.filter(isRecord);
	const reasoning = ofType(items, 'reasoning').map(toReasoning).filter(Boolean).join('\n\n');
	const toolCalls = items.filter(({ type }) => CALLS.has(type)).map(toToolCall);
	const files = toFiles(items);
	return {
		text: partsOf(items).map(toText).join(''),
		...(reasoning && { reasoning }),
		...(toolCalls.length && { toolCalls }),
		...(files.length && { files }),
		finishReason: toFinishReason(body, toolCalls.length > 0),
	};
}

/** The sources that the text cites, without duplicates. */
export function parseResponseCitations(body: unknown): Citation[] {
	const items = isRecord(body) && Array.isArray(body.output) ? body.output.filter(isRecord) : [];
	const found = partsOf(items).flatMap(({ annotations }) =>
		Array.isArray(annotations) ? annotations.flatMap(parseCitation) : [],
	);
	return [...new Map(found.map((citation) => [citation.url, citation])).values()];
}

/**
 * The response of a stream, which its last event contains as a whole.
 *
 * @returns `undefined` if there is no such event
 */
export const foldResponseEvents = (events: Json[]): Json | undefined =>
	events
		.map(({ response }) => response)
		.filter(isRecord)
		.findLast(isOver);

const isOver = ({ status }: Json): boolean => status !== 'in_progress' && status !== 'queued';

export const responsesParser: ChatParser = {
	fold: foldResponseEvents,
	toText: textOfResponseEvent,
	ends: ({ response }) => isRecord(response) && isOver(response),
	toAnswers: (body) => [parseResponse(body) ?? []].flat(),
	toCitations: parseResponseCitations,
};

const TEXT_EVENTS = new Set<unknown>(['response.output_text.delta', 'response.refusal.delta']);

function textOfResponseEvent({ type, delta }: Json): string {
	return TEXT_EVENTS.has(type) && typeof delta === 'string' ? delta : '';
}

const CALLS = new Set<unknown>(['function_call', 'custom_tool_call']);

const ofType = (items: Json[], type: string): Json[] => items.filter((item) => item.type === type);

const partsOf = (items: Json[]): Json[] =>
	ofType(items, 'message').flatMap(({ content }) =>
		Array.isArray(content) ? content.filter(isRecord) : [],
	);

/** Images of the image tool, files created by code, and message parts other than text. */
function toFiles(items: Json[]) {
	const outputs = ofType(items, 'code_interpreter_call').flatMap(({ outputs }) => outputs ?? []);
	const parts = partsOf(items).filter(
		({ type }) => typeof type === 'string' && !/text|refusal/.test(type),
	);
	return [...ofType(items, 'image_generation_call'), ...outputs.filter(isRecord), ...parts].flatMap(
		parseFile,
	);
}

const toText = ({ text, refusal }: Json): string =>
	[text, refusal].find((value) => typeof value === 'string') ?? '';

function toReasoning({ summary, content }: Json): string {
	const parts = [summary, content].find((list) => Array.isArray(list) && list.length > 0);
	return ((parts ?? []) as unknown[]).filter(isRecord).map(toText).join('\n\n');
}

const toToolCall = ({ call_id: id, name, arguments: given, input }: Json) => ({
	id: String(id ?? ''),
	name: String(name ?? ''),
	arguments: parseArguments(given ?? input),
});

/** Maps the status to the finish reasons of chat completions. */
function toFinishReason({ status, incomplete_details: details }: Json, calls: boolean): string {
	if (status !== 'incomplete') return calls ? 'tool_calls' : 'stop';
	const reason = isRecord(details) ? String(details.reason ?? '') : '';
	return reason === 'max_output_tokens' ? 'length' : reason || 'incomplete';
}
