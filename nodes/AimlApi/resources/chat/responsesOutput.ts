import type { ChatParser } from '../../../shared/chat/answer';
import {
	findCitations,
	parseMessage,
	type ChatAnswer,
	type Citation,
} from '../../../shared/chat/completion';
import { joinTexts } from '../../../shared/chat/reasoning';
import { isRecord, type Json } from '../../../shared/json';

/**
 * Parses a response of the Responses API: text and refusals of its messages, the reasoning summary,
 * calls that wait for a result, and files.
 *
 * @returns `undefined` if it has no output
 */
export function parseResponse(body: unknown): ChatAnswer | undefined {
	const items = isRecord(body) ? itemsOf(body) : undefined;
	if (!isRecord(body) || !items) return undefined;
	const calls = items.filter(isOpenCall).map(toCall);
	return {
		...parseMessage({
			content: items.flatMap(toParts),
			reasoning: ofType(items, 'reasoning').map(toReasoning).filter(Boolean).join('\n\n'),
			tool_calls: calls,
		}),
		finishReason: toFinishReason(body, calls.length > 0),
		...(body.status === 'failed' && { error: 'The provider reported an error' }),
	};
}

/** The output items; `undefined` if there is no output. Some gateways send the text alone. */
function itemsOf({ output, output_text: text }: Json): Json[] | undefined {
	const given: unknown[] = [output ?? []].flat();
	const items = (given.length ? given : [text]).map(toItem).filter(isRecord);
	return items.length || Array.isArray(output) ? items : undefined;
}

const toItem = (item: unknown): unknown =>
	typeof item === 'string' ? { type: 'message', content: item } : item;

/** The sources that the response lists or its text cites, without duplicates. */
export function parseResponseCitations(body: unknown): Citation[] {
	if (!isRecord(body)) return [];
	const parts = (itemsOf(body) ?? []).filter(isMessage).flatMap(toParts).filter(isRecord);
	const annotations = parts.flatMap((part) => part.annotations ?? []);
	const found = findCitations([body.search_results, body.citations, annotations]);
	return [...new Map(found.map((citation) => [citation.url, citation])).values()];
}

/**
 * The response of a stream, which its last event contains. Output that is missing there is taken from
 * the events before it.
 *
 * @returns `undefined` if there is neither a finished response nor output
 */
export function foldResponseEvents(events: Json[]): Json | undefined {
	const last = events.findLast(({ response }) => isRecord(response));
	const response = last?.response as Json | undefined;
	if (response && itemsOf(response)?.length) return response;
	const output = outputOf(events);
	return output.length || (last && isOver(last)) ? { ...response, output } : undefined;
}

/** The items that have ended, and the text of a message that has not. */
function outputOf(events: Json[]): Json[] {
	const items = ofType(events, 'response.output_item.done').flatMap(({ item }) =>
		isRecord(item) ? [item] : [],
	);
	const content = events.map(textOfResponseEvent).join('');
	return !content || items.some(isMessage) ? items : [...items, { type: 'message', content }];
}

/** Whether an event contains a response that has ended, by its status or else by the event's type. */
const isOver = ({ type, response }: Json): boolean =>
	isRecord(response) && !/(?:created|queued|in_progress)$/.test(String(response.status ?? type));

export const responsesParser: ChatParser = {
	fold: foldResponseEvents,
	toText: textOfResponseEvent,
	ends: isOver,
	toAnswers: (body) => [parseResponse(body) ?? []].flat(),
	toCitations: parseResponseCitations,
};

const TEXT_EVENTS = new Set<unknown>(['response.output_text.delta', 'response.refusal.delta']);

function textOfResponseEvent({ type, delta }: Json): string {
	return TEXT_EVENTS.has(type) && typeof delta === 'string' ? delta : '';
}

const ofType = (items: Json[], type: string): Json[] => items.filter((item) => item.type === type);

/** Input items may leave out the type of a message, and so do some gateways. */
const isMessage = ({ type }: Json): boolean => type === 'message' || type === undefined;

/** The content parts of an item: of a message, of images of the image tool, of files created by code. */
function toParts(item: Json): unknown[] {
	if (isMessage(item)) return [item.content].flat();
	switch (item.type) {
		case 'image_generation_call':
			return [{ ...item, type: 'image' }];
		case 'code_interpreter_call':
			return [item.outputs ?? []].flat();
		default:
			return /text|refusal/.test(String(item.type)) ? [item] : [];
	}
}

const toReasoning = ({ summary, content }: Json): string => {
	const parts = [summary, content].find((part) => joinTexts(part) !== '');
	return [parts]
		.flat()
		.map((part) => joinTexts(part))
		.join('\n\n');
};

const CALLS = new Set<unknown>(['function_call', 'custom_tool_call', 'mcp_approval_request']);

/** Whether an item waits for a result or an approval. Calls of the provider's own tools have no `call_id`. */
const isOpenCall = ({ type, call_id: id }: Json): boolean =>
	CALLS.has(type) || (typeof id === 'string' && /_call$/.test(String(type)));

function toCall({ call_id, id, type, name, ...call }: Json): Json {
	const given = [call.arguments, call.input, call.action, call.actions, call.operation];
	return {
		id: call_id ?? id,
		name: name ?? String(type).replace(/_call$/, ''),
		arguments: given.find((value) => value !== undefined),
	};
}

/** Maps the status to the finish reasons of chat completions. */
function toFinishReason({ status, incomplete_details: details }: Json, calls: boolean): string {
	if (status === 'incomplete') {
		const reason = isRecord(details) ? String(details.reason ?? '') : '';
		return reason === 'max_output_tokens' ? 'length' : reason || 'incomplete';
	}
	if (status && status !== 'completed') return String(status);
	return calls ? 'tool_calls' : 'stop';
}
