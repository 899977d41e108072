import type { ChatDialect } from '../../../shared/chat/dialect';
import { ThinkTagFilter } from '../../../shared/chat/reasoning';
import { ApiError } from '../../../shared/errors/ApiError';
import type { StreamReader } from '../../../shared/transport/client';
import type { ItemContext } from '../../run/operation';
import type { ResponseStream } from '../../run/responseStream';
import type { ChatParser } from '../../../shared/chat/answer';
import type { ChatRequest } from './request';

/** How an item's answer is read while it comes. */
export interface Streaming {
	/** The part of the body that has it come in events; absent where the model does not take that. */
	request?: Record<string, unknown>;
	/** Who reads the text while the node runs. */
	responseStream?: ResponseStream;
	/** Whether the text is handed on piece by piece; otherwise when it is what was asked for. */
	handsOnPieces: boolean;
}

/**
 * @returns `undefined` unless 'Stream' is on; where the user did not set it, n8n decides by whether it
 * streams the execution
 */
export async function getStreaming(
	context: ItemContext,
	dialect: ChatDialect,
	{ answerSchema }: ChatRequest,
): Promise<Streaming | undefined> {
	const { responseStream } = context;
	if (!context.getOption('stream', responseStream !== undefined)) return undefined;
	const schema = await context.requestSchema();
	const takesStream = !schema || schema.properties.stream !== undefined;
	return {
		...(takesStream && { request: dialect.askForEvents(schema) }),
		responseStream,
		handsOnPieces: answerSchema === undefined,
	};
}

/** Hands the text of the first answer on as it comes, without the reasoning in front of it. */
export function toStreamReader(
	{ responseStream, handsOnPieces }: Streaming,
	{ toText }: Pick<ChatParser, 'toText'>,
): StreamReader {
	if (!responseStream || !handsOnPieces) {
		return { onEvent: async () => {}, hasBegun: () => false };
	}
	const filter = new ThinkTagFilter();
	return {
		onEvent: async (event) => await responseStream.write(filter.push(toText(event))),
		hasBegun: () => responseStream.hasBegun,
	};
}

/**
 * Hands on what was not while it came, and says how the text ended.
 *
 * @param getAnswer gives the text of the first answer, and what the node returns
 */
export async function finishResponse<T>(
	responseStream: ResponseStream | undefined,
	getAnswer: () => Promise<{ text: string; result: T }>,
): Promise<T> {
	const finished = getAnswer().then(async ({ text, result }) => {
		if (responseStream?.hasBegun === false) await responseStream.write(text);
		await responseStream?.end();
		return result;
	});
	return await finished.catch(async (error: unknown) => {
		await responseStream?.fail(error instanceof ApiError ? error.info.description : String(error));
		throw error;
	});
}
