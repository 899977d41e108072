import type { ApiErrorInfo } from '../errors/ApiError';
import { errorFromResponse, invalidResponseError } from './apiErrors';
import { ApiResponse, isEventStreamType } from './apiResponse';
import { decodeText } from './decodeText';
import { looksLikeEvents } from './eventParser';
import type { Outcome } from './retry';

/** Finds an error in a response with HTTP 2xx that is specific to an endpoint. */
export type CheckAnswer = (response: ApiResponse) => ApiErrorInfo | undefined;

/** What a response has to be. */
export interface ResponseRules {
	/** For errors: the requested model; '' for none. */
	model: string;
	/** Whether it may be a file; otherwise it must be JSON, JSON Lines or events. */
	acceptsAnyBody: boolean;
	/** Replaces the general rules for responses with HTTP 2xx. */
	check?: CheckAnswer;
}

/** Checks every response of the API: for errors, invalid bodies, and unexpected content. */
export function checkResponse(
	response: ApiResponse,
	{ model, acceptsAnyBody, check }: ResponseRules,
): Outcome<ApiResponse> {
	const isSuccess = response.status >= 200 && response.status < 300;
	const error =
		isSuccess && check
			? check(response)
			: (errorFromResponse(response, model) ?? shapeError(response, acceptsAnyBody));
	return error ? { error } : { response };
}

function shapeError(response: ApiResponse, acceptsAnyBody: boolean): ApiErrorInfo | undefined {
	const isReadable =
		response.json !== undefined ||
		response.eventBody !== undefined ||
		(acceptsAnyBody ? response.bytes.length > 0 : response.jsonLines !== undefined);
	return isReadable ? undefined : invalidResponseError(response);
}

/** The length of the longest field name of an event, with its colon. */
const CHARACTERS_TO_TELL = 'retry:'.length;
const MOST_BYTES_TO_TELL = 1_000;

/**
 * Detects server-sent events by the first bytes, since gateways set arbitrary content types; by the
 * content type if the bytes are inconclusive.
 *
 * @returns whether it is, and all bytes including the first
 */
export async function beginsWithEvents(
	body: AsyncIterable<Uint8Array>,
	contentType: string | undefined,
): Promise<{ isEvents: boolean; bytes: AsyncGenerator<Uint8Array> }> {
	const iterator = body[Symbol.asyncIterator]();
	const read: Uint8Array[] = [];
	let start = '';
	for (let size = 0; start.length < CHARACTERS_TO_TELL && size < MOST_BYTES_TO_TELL; ) {
		const next = await iterator.next();
		if (next.done) break;
		read.push(next.value);
		size += next.value.length;
		start = decodeText(
			Buffer.concat(read).subarray(0, MOST_BYTES_TO_TELL),
			contentType,
		).trimStart();
	}
	const isEvents =
		looksLikeEvents(start) || (isEventStreamType(contentType) && !/^[[{<]/.test(start));
	return { isEvents, bytes: continued(read, iterator) };
}

async function* continued<T>(read: T[], iterator: AsyncIterator<T>): AsyncGenerator<T> {
	let isOver = false;
	try {
		yield* read;
		for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
			yield next.value;
		}
		isOver = true;
	} finally {
		if (!isOver) await iterator.return?.();
	}
}
