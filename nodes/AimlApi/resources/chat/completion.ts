import { readChoices, type ChatAnswer } from '../../../shared/response/chatCompletion';
import { foldEventStream } from '../../../shared/response/eventStream';
import { readCost, readUsage, type Cost, type Usage } from '../../../shared/response/usage';
import type { ApiResponse } from '../../../shared/run/apiResponse';
import { CallFailure } from '../../../shared/run/fault';
import type { Call } from '../../../shared/run/operation';
import { readUnknownAnswer } from '../../../shared/run/readFault';
import { isRecord } from '../../../shared/schema/jsonSchema';

/** A chat completion: the API's body, its answers, and what getting them used up. */
export interface Completion {
	body: Record<string, unknown>;
	choices: ChatAnswer[];
	usage?: Usage;
	cost?: Cost;
}

/** Sends the request and reads the answer, streamed or not. Throws `CallFailure` without one. */
export async function requestCompletion(
	call: Call,
	request: Record<string, unknown>,
): Promise<Completion> {
	const response = await call.send(request);
	const body = readBody(response);
	const choices = readChoices(body);
	if (!body || !choices.length) throw new CallFailure(readUnknownAnswer(response, 'choices'));
	const cost = readCost(body, response);
	call.book(cost);
	return { body, choices, usage: readUsage(body), cost };
}

function readBody(response: ApiResponse): Record<string, unknown> | undefined {
	const body = response.json ?? foldEventStream(response.text);
	return isRecord(body) ? body : undefined;
}
