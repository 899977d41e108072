import type { IDataObject } from 'n8n-workflow';
import type { ApiErrorInfo } from '../errors/ApiError';
import { isRecord } from '../json';
import {
	brokenEventError,
	errorFromResponse,
	errorInBody,
	incompleteAnswerError,
	invalidResponseError,
	unexpectedResponseError,
} from '../transport/apiErrors';
import type { ApiResponse } from '../transport/apiResponse';
import { parseBodyMessage, reportsError } from '../transport/errorBody';
import { parseCost, parseUsage } from '../transport/usage';
import { parseChoices, parseCitations, type ChatAnswer, type Citation } from './completion';
import { endingOf } from './finishReason';
import { endsAnswer, foldChunks, textOfChunk } from './stream';

type Json = Record<string, unknown>;

/** How a chat endpoint's answers are read. */
export interface ChatParser {
	/** The body that the events of a stream amount to; `undefined` when they are none of an answer. */
	fold(events: Json[]): Json | undefined;
	/** The text that an event adds to the first answer; '' for none. */
	toText(event: Json): string;
	/** Whether an event says that the answer is complete. */
	ends(event: Json): boolean;
	/** An empty list when the body is no answer. */
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

/** What an answer says: one body, however it came, or why it is none. */
export type ChatReading =
	| { body: Json; answers: ChatAnswer[]; error?: undefined }
	| { error: ApiErrorInfo };

const readings = new WeakMap<ApiResponse, ChatReading>();

/**
 * Reads the whole answer of a chat endpoint under HTTP 2xx, as JSON, as a list or lines of it, or as
 * events that came unasked. It is an error unless it is complete and each call of it is worth something:
 * what arrived stands in the error's details.
 */
export function readChatResponse(
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

/** The events of a stream; lines or a list of JSON are taken for the same. */
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
	if (events.some(parser.ends)) return undefined;
	const { eventBody, jsonLines } = response;
	const broken = eventBody?.brokenData ?? jsonLines?.find((line) => !line.value)?.text;
	if (broken !== undefined) return brokenEventError(String(broken));
	return eventBody?.isDone ? undefined : incompleteAnswerError(response);
}

/** Objects that gateways put around an answer. */
const ENVELOPES = ['data', 'result', 'response', 'body', 'completion'];

function unwrap(json: unknown): Json | undefined {
	const body = Array.isArray(json) ? (json as unknown[])[0] : json;
	if (!isRecord(body)) return undefined;
	const isAnswer = (value: unknown): value is Json =>
		isRecord(value) && (Array.isArray(value.choices) || Array.isArray(value.output));
	return isAnswer(body) ? body : (ENVELOPES.map((name) => body[name]).find(isAnswer) ?? body);
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

/** Whether an answer says something, or why it says nothing. */
export const isWorthSomething = (answer: ChatAnswer): boolean =>
	answer.error === undefined &&
	(saysSomething(answer) || ['length', 'filter', 'other'].includes(endingOf(answer.finishReason)));

export const saysSomething = ({ text, toolCalls, files }: ChatAnswer): boolean =>
	text !== '' || toolCalls !== undefined || files !== undefined;

/** An answer that is whole and says nothing, not even why. */
export function emptyAnswerError(
	{ finishReason, error }: ChatAnswer,
	model: string,
	response?: ApiResponse,
): ApiErrorInfo {
	return {
		kind: 'emptyAnswer',
		message: error || `The model ${model} answered with nothing`,
		description: `It ended with the reason '${finishReason}' and gave no text and no tool call. Run again, change the prompt, or choose another model.`,
		httpStatus: response?.status,
		requestId: response?.requestId,
	};
}

/** What had come, and what it cost, is not lost with the error. */
function withArrived(
	error: ApiErrorInfo,
	body: Json | undefined,
	answers: ChatAnswer[],
	response: ApiResponse,
): ApiErrorInfo {
	const said = answers.find(saysSomething);
	const usage = parseUsage(body);
	const cost = parseCost(body, response);
	const details: IDataObject = {
		...error.details,
		...(said?.text && { text: said.text }),
		...(usage && { usage }),
		...(cost && { cost }),
	};
	return Object.keys(details).length ? { ...error, details } : error;
}
