import {
	parseChoices,
	parseCitations,
	type ChatAnswer,
	type Citation,
} from '../../../shared/chat/completion';
import { foldEventStream } from '../../../shared/chat/stream';
import { ApiError } from '../../../shared/errors/ApiError';
import { isRecord } from '../../../shared/json';
import { errorFromResponse, unexpectedResponseError } from '../../../shared/transport/apiErrors';
import { parseCost, parseUsage, type Cost, type Usage } from '../../../shared/transport/usage';
import type { ItemContext } from '../../run/operation';
import { foldResponseStream, parseResponse, parseResponseCitations } from './responsesOutput';

/** How to read what a chat endpoint answers. */
export interface ChatParser {
	/** The body that a stream amounts to; `undefined` when it is none. */
	foldStream(text: string): Record<string, unknown> | undefined;
	readAnswers(body: Record<string, unknown>): ChatAnswer[];
	readCitations(body: Record<string, unknown>): Citation[];
}

export const completionsParser: ChatParser = {
	foldStream: foldEventStream,
	readAnswers: parseChoices,
	readCitations: parseCitations,
};

export const responsesParser: ChatParser = {
	foldStream: foldResponseStream,
	readAnswers: (body) => [parseResponse(body) ?? []].flat(),
	readCitations: parseResponseCitations,
};

/** An answered chat request: the API's body, its answers, and what getting them used up. */
export interface Completion {
	body: Record<string, unknown>;
	choices: ChatAnswer[];
	usage?: Usage;
	cost?: Cost;
}

/** Sends the request and reads the answer, streamed or not. Throws `CallFailure` without one. */
export async function requestCompletion(
	context: ItemContext,
	reader: ChatParser,
	request: Record<string, unknown>,
): Promise<Completion> {
	const sent = await context.send(request);
	const response = sent.json === undefined ? sent.withJson(reader.foldStream(sent.text)) : sent;
	const info = errorFromResponse(response, context.model);
	if (info) throw new ApiError(info);
	const { json: body } = response;
	const choices = isRecord(body) ? reader.readAnswers(body) : [];
	if (!isRecord(body) || !choices.length) {
		throw new ApiError(unexpectedResponseError(sent, 'choices'));
	}
	const cost = parseCost(body, response);
	context.addCost(cost);
	return { body, choices, usage: parseUsage(body), cost };
}
