import type { ApiErrorInfo } from '../errors/ApiError';
import { errorFromResponse, invalidResponseError } from './apiErrors';
import { ApiResponse, isEventStreamType } from './apiResponse';
import { decodeText } from './decodeText';
import { looksLikeEvents } from './eventParser';
import type { Outcome } from './retry';

/** What is wrong with an answer under HTTP 2xx, by what the endpoint answers with. */
export type CheckAnswer = (response: ApiResponse) => ApiErrorInfo | undefined;

/** What an answer has to be. */
export interface ResponseRules {
	/** For errors: the model that was asked; '' for none. */
	model: string;
	/** An answer may be a file; otherwise it has to be JSON, lines of it, or events. */
	acceptsAnyBody: boolean;
	/** Judges an answer under HTTP 2xx in place of the general rules. */
	check?: CheckAnswer;
}

/** The one judge of answers: what reports an error, cannot be read, or is not what was asked for. */
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

/** Enough for the longest field name of an event, with its colon. */
const CHARACTERS_TO_TELL = 'retry:'.length;
const MOST_BYTES_TO_TELL = 1_000;

/**
 * Whether a body comes in events: by its first bytes, since gateways name the content type as they
 * like; by its content type where they do not say.
 *
 * @returns that, and all the bytes from the first
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
