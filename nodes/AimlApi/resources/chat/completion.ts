import { parseChatResponse, type ChatParser } from '../../../shared/chat/answer';
import type { ChatAnswer } from '../../../shared/chat/completion';
import { ApiError } from '../../../shared/errors/ApiError';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { withSavings } from '../../../shared/transport/savings';
import { parseCost, parseUsage, type Cost, type Usage } from '../../../shared/transport/usage';
import type { ItemContext } from '../../run/operation';
import { toStreamReader, type Streaming } from './streaming';

/** A response to a chat request: the body, its choices, usage and cost. */
export interface Completion {
	body: Record<string, unknown>;
	choices: ChatAnswer[];
	usage?: Usage;
	cost?: Cost;
}

/**
 * Sends a chat request and parses the response, streamed or not.
 *
 * @param streaming set to request events and pass on the text
 * @throws ApiError if there is no answer
 */
export async function requestCompletion(
	context: ItemContext,
	reader: ChatParser,
	request: Record<string, unknown>,
	streaming?: Streaming,
): Promise<Completion> {
	const response = await send(context, reader, request, streaming);
	const reading = parseChatResponse(response, reader, context.model);
	if (reading.error) throw new ApiError(reading.error);
	const { body, answers: choices } = reading;
	const usage = parseUsage(body);
	const reported = parseCost(body, response);
	context.addCost(reported);
	const cost = await withSavings(reported, usage, request, async () => await context.pricing());
	return { body, choices, usage, cost };
}

async function send(
	context: ItemContext,
	reader: ChatParser,
	request: Record<string, unknown>,
	streaming: Streaming | undefined,
): Promise<ApiResponse> {
	if (!streaming?.request) return await context.send(request);
	const body = { ...request, ...streaming.request };
	return await context.stream(body, toStreamReader(streaming, reader));
}
