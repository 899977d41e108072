import type { ChatParser } from '../../../shared/chat/answer';
import type { ChatDialect } from '../../../shared/chat/dialect';
import { StreamedText } from '../../../shared/chat/streamedText';
import { ApiError } from '../../../shared/errors/ApiError';
import type { StreamReader } from '../../../shared/transport/client';
import type { ItemContext } from '../../run/operation';
import type { ResponseStream } from '../../run/responseStream';
import type { ChatRequest } from './request';

/** How an item's answer is streamed. */
export interface Streaming {
	/** Body properties that request events; absent if the model doesn't support streaming. */
	request?: Record<string, unknown>;
	/** Where the text goes while the node runs. */
	responseStream?: ResponseStream;
	/** The text that is passed on in pieces; absent if it is passed on as a whole once it is valid. */
	pieces?: StreamedText;
}

/** @returns `undefined` unless 'Stream' is on; by default it is on if n8n streams the execution */
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
		...(!answerSchema && { pieces: new StreamedText() }),
	};
}

/** Passes on the text of the first choice as it arrives, without reasoning. */
export function toStreamReader(
	{ responseStream, pieces }: Streaming,
	{ toText }: Pick<ChatParser, 'toText'>,
): StreamReader {
	if (!responseStream || !pieces) return { onEvent: async () => {}, hasBegun: () => false };
	return {
		onEvent: async (event) => await responseStream.write(pieces.push(toText(event))),
		hasBegun: () => responseStream.hasBegun,
	};
}

/**
 * Passes on the text that wasn't streamed yet, and how the text ended.
 *
 * @param getAnswer returns the text of the first choice, and the node's result
 */
export async function finishResponse<T>(
	{ responseStream, pieces }: Partial<Streaming>,
	getAnswer: () => Promise<{ text: string; result: T }>,
): Promise<T> {
	const finished = getAnswer().then(async ({ text, result }) => {
		const rest = responseStream?.hasBegun ? (pieces?.end() ?? '') : text;
		await responseStream?.write(rest);
		await responseStream?.end();
		return result;
	});
	return await finished.catch(async (error: unknown) => {
		await responseStream?.fail(error instanceof ApiError ? error.info.description : String(error));
		throw error;
	});
}
