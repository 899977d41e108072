import {
	readChoices,
	readCitations,
	type ChatAnswer,
	type Citation,
} from '../../../shared/chat/completion';
import { foldEventStream } from '../../../shared/chat/stream';
import { CallFailure } from '../../../shared/errors/ApiError';
import { isRecord } from '../../../shared/json';
import { readFault, readUnknownAnswer } from '../../../shared/transport/apiErrors';
import { readCost, readUsage, type Cost, type Usage } from '../../../shared/transport/usage';
import type { Call } from '../../run/operation';
import { foldResponseStream, readResponse, readResponseCitations } from './responsesOutput';

/** How to read what a chat endpoint answers. */
export interface ChatReader {
	/** The body that a stream amounts to; `undefined` when it is none. */
	foldStream(text: string): Record<string, unknown> | undefined;
	readAnswers(body: Record<string, unknown>): ChatAnswer[];
	readCitations(body: Record<string, unknown>): Citation[];
}

export const completionsReader: ChatReader = {
	foldStream: foldEventStream,
	readAnswers: readChoices,
	readCitations,
};

export const responsesReader: ChatReader = {
	foldStream: foldResponseStream,
	readAnswers: (body) => [readResponse(body) ?? []].flat(),
	readCitations: readResponseCitations,
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
	call: Call,
	reader: ChatReader,
	request: Record<string, unknown>,
): Promise<Completion> {
	const sent = await call.send(request);
	const response = sent.json === undefined ? sent.withJson(reader.foldStream(sent.text)) : sent;
	const fault = readFault(response, call.model);
	if (fault) throw new CallFailure(fault);
	const { json: body } = response;
	const choices = isRecord(body) ? reader.readAnswers(body) : [];
	if (!isRecord(body) || !choices.length) {
		throw new CallFailure(readUnknownAnswer(sent, 'choices'));
	}
	const cost = readCost(body, response);
	call.book(cost);
	return { body, choices, usage: readUsage(body), cost };
}
