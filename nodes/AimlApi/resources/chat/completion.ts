import { readChatResponse, type ChatParser } from '../../../shared/chat/answer';
import type { ChatAnswer } from '../../../shared/chat/completion';
import { ApiError } from '../../../shared/errors/ApiError';
import { parseCost, parseUsage, type Cost, type Usage } from '../../../shared/transport/usage';
import type { ItemContext } from '../../run/operation';

/** An answered chat request: the API's body, its answers, and what getting them used up. */
export interface Completion {
	body: Record<string, unknown>;
	choices: ChatAnswer[];
	usage?: Usage;
	cost?: Cost;
}

/** Sends the request and reads the answer, streamed or not. Throws `ApiError` without one. */
export async function requestCompletion(
	context: ItemContext,
	reader: ChatParser,
	request: Record<string, unknown>,
): Promise<Completion> {
	const response = await context.send(request);
	const reading = readChatResponse(response, reader, context.model);
	if (reading.error) throw new ApiError(reading.error);
	const { body, answers: choices } = reading;
	const cost = parseCost(body, response);
	context.addCost(cost);
	return { body, choices, usage: parseUsage(body), cost };
}
