import type { IDataObject } from 'n8n-workflow';
import type { ApiErrorInfo } from '../errors/ApiError';
import { isRecord, type Json } from '../json';
import {
	brokenEventError,
	errorFromResponse,
	errorInBody,
	incompleteAnswerError,
	invalidResponseError,
	unexpectedResponseError,
} from '../transport/apiErrors';
import { ENVELOPES, type ApiResponse, type JsonLine } from '../transport/apiResponse';
import { parseBodyMessage, reportsError } from '../transport/errorBody';
import type { BrokenEvent } from '../transport/eventParser';
import { parseCost, parseUsage } from '../transport/usage';
import { parseChoices, parseCitations, type ChatAnswer, type Citation } from './completion';
import { endingOf } from './finishReason';
import { endsAnswer, foldChunks, textOfChunk } from './stream';

/** How a chat endpoint's responses and streams are parsed. */
export interface ChatParser {
	/** Folds the events of a stream into a body; `undefined` if they contain no answer. */
	fold(events: Json[]): Json | undefined;
	/** The text that an event adds to the first choice; '' for none. */
	toText(event: Json): string;
	/** Whether an event marks the answer as complete. */
	ends(event: Json): boolean;
	/** An empty list if the body has no answer. */
	toAnswers(body: Json): ChatAnswer[];
	toCitations(body: Json): Citation[];
}

export const completionsParser: ChatParser = {
	fold: foldChunks,
	toText: textOfChunk,
	ends: endsAnswer,
	toAnswers: parseChoices,
	toCitations: parseCitations,
};

/** The body of an answer, or why it has none. */
export type ChatReading =
	| { body: Json; answers: ChatAnswer[]; error?: undefined }
	| { error: ApiErrorInfo };

const readings = new WeakMap<ApiResponse, ChatReading>();

/**
 * Parses a response of a chat endpoint with HTTP 2xx: JSON, a list or lines of JSON, or unrequested
 * events. An incomplete or empty answer is an error, whose details contain what arrived.
 */
export function parseChatResponse(
	response: ApiResponse,
	parser: ChatParser,
	model: string,
): ChatReading {
	const known = readings.get(response);
	if (known) return known;
	const reading = read(response, parser, model);
	readings.set(response, reading);
	return reading;
}

function read(response: ApiResponse, parser: ChatParser, model: string): ChatReading {
	const events = eventsOf(response);
	const body = events ? parser.fold(events) : unwrap(response.json);
	const answers = body ? parser.toAnswers(body) : [];
	const error =
		(events && errorInEvents(response, events, parser, model)) ??
		errorFromResponse(response, model) ??
		errorInAnswers(response, body, answers, model);
	if (!error && body) return { body, answers };
	return { error: withArrived(error ?? invalidResponseError(response), body, answers, response) };
}

/** The events of a stream; lines or a list of JSON are treated as events. */
function eventsOf({ eventBody, json, jsonLines }: ApiResponse): Json[] | undefined {
	if (eventBody) return eventBody.events;
	if (Array.isArray(json) && json.length > 1) return json.filter(isRecord) as Json[];
	if (json !== undefined) return undefined;
	return jsonLines?.flatMap(({ value }) => (value ? [value] : []));
}

function errorInEvents(
	response: ApiResponse,
	events: Json[],
	parser: ChatParser,
	model: string,
): ApiErrorInfo | undefined {
	const failed = events.find(reportsError);
	if (failed) return errorInBody(failed, response, model);
	const end = events.findIndex(parser.ends);
	const { eventBody, jsonLines = [] } = response;
	const broken = eventBody?.broken ?? brokenLine(jsonLines);
	if (broken && (end < 0 || broken.at <= end)) return brokenEventError(broken.data);
	return end >= 0 || eventBody?.isDone ? undefined : incompleteAnswerError(response);
}

function brokenLine(lines: JsonLine[]): BrokenEvent | undefined {
	const at = lines.findIndex(({ value }) => !value);
	const line = lines[at];
	return line && !line.value ? { data: line.text, at } : undefined;
}

/** The answer in an envelope; usage and cost may be beside it. */
function unwrap(json: unknown): Json | undefined {
	const body = Array.isArray(json) ? (json as unknown[])[0] : json;
	if (!isRecord(body)) return undefined;
	const isAnswer = (value: unknown): value is Json =>
		isRecord(value) && (Array.isArray(value.choices) || Array.isArray(value.output));
	const answer = [body, ...ENVELOPES.map((name) => body[name])].find(isAnswer) ?? body;
	if (answer === body) return body;
	const { usage, meta } = body;
	return { ...(usage !== undefined && { usage }), ...(meta !== undefined && { meta }), ...answer };
}

function errorInAnswers(
	response: ApiResponse,
	body: Json | undefined,
	answers: ChatAnswer[],
	model: string,
): ApiErrorInfo | undefined {
	if (!body) return invalidResponseError(response);
	if (reportsError(body)) return errorInBody(body, response, model);
	if (!answers.length) {
		return parseBodyMessage(body)
			? errorInBody(body, response, model)
			: unexpectedResponseError(response, 'choices');
	}
	return answers.some(isWorthSomething) ? undefined : emptyAnswerError(answers[0], model, response);
}

/** Whether an answer has content, or a reason for having none. */
export const isWorthSomething = (answer: ChatAnswer): boolean =>
	answer.error === undefined &&
	(saysSomething(answer) || ['length', 'filter', 'other'].includes(endingOf(answer.finishReason)));

export const saysSomething = ({ text, toolCalls, files }: ChatAnswer): boolean =>
	text !== '' || toolCalls !== undefined || files !== undefined;

/** The error for a complete answer without content and without a reason. */
export function emptyAnswerError(
	{ finishReason, error }: ChatAnswer,
	model: string,
	response?: ApiResponse,
): ApiErrorInfo {
	return {
		kind: 'emptyAnswer',
		message: error || `The model ${model} returned nothing`,
		description: `It ended with the reason '${finishReason}' without text or a tool call. Run again, change the prompt, or choose another model.`,
		httpStatus: response?.status,
		requestId: response?.requestId,
	};
}

/** Adds what had arrived, and its cost, to an error. */
function withArrived(
	error: ApiErrorInfo,
	body: Json | undefined,
	answers: ChatAnswer[],
	response: ApiResponse,
): ApiErrorInfo {
	const { text, reasoning } = answers.find(saysSomething) ?? answers[0] ?? {};
	const usage = parseUsage(body);
	const cost = parseCost(body, response);
	const details: IDataObject = {
		...error.details,
		...(text && { text }),
		...(reasoning && { reasoning }),
		...(usage && { usage }),
	};
	return {
		...error,
		...(Object.keys(details).length && { details }),
		...(cost && { cost }),
	};
}
