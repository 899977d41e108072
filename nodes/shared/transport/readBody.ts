import { ApiError } from '../errors/ApiError';
import {
	brokenConnectionError,
	networkError,
	timeoutError,
	tooLargeError,
	type Target,
} from './networkErrors';
import type { Readable } from './readable';
import type { Watchdog } from './watchdog';

/** A response body, and what limits reading it. */
export interface BodyContext {
	/** As n8n's helper returns it: a stream or, if mocked, the whole body. */
	body: unknown;
	target: Target;
	/** Ends the reading on timeout; stopped with it. */
	watchdog: Watchdog;
	/** Cancels the reading. */
	signal: AbortSignal | undefined;
}

/**
 * Reads a body in chunks.
 *
 * @throws ApiError when it breaks off, times out or is larger than `maxBytes`; the signal's reason when
 * it is canceled
 */
export async function* readBody(context: BodyContext, maxBytes: number): AsyncGenerator<Buffer> {
	const { body, target, watchdog } = context;
	const content = isStream(body) ? body : undefined;
	const end = () => void content?.destroy();
	watchdog.signal.addEventListener('abort', end);
	let bytes = 0;
	try {
		for await (const part of content ?? [toBytes(body)]) {
			bytes += (part as Buffer).length;
			if (bytes > maxBytes) throw new ApiError(tooLargeError(target, maxBytes));
			yield part as Buffer;
		}
	} catch (error) {
		throw toReadError(error, context, bytes);
	} finally {
		watchdog.signal.removeEventListener('abort', end);
		watchdog.stop();
		end();
	}
}

function toReadError(error: unknown, { target, watchdog, signal }: BodyContext, bytes: number) {
	if (error instanceof ApiError) return error;
	if (signal?.aborted) return signal.reason as unknown;
	return new ApiError(
		watchdog.isTooLong
			? timeoutError(target, bytes)
			: (networkError(error, target) ?? brokenConnectionError(target)),
	);
}

export const isStream = (body: unknown): body is Readable =>
	typeof (body as Partial<Readable> | undefined)?.destroy === 'function';

function toBytes(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof ArrayBuffer) return Buffer.from(body);
	if (body === undefined || body === null) return Buffer.alloc(0);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/**
 * Reads the first bytes of a stream, until there are enough or it ends.
 *
 * @returns these bytes, and the whole stream again
 */
export async function readStart(
	bytes: AsyncGenerator<Uint8Array>,
	isEnough: (start: Buffer) => boolean,
): Promise<{ start: Buffer; all: AsyncGenerator<Uint8Array> }> {
	let start = Buffer.alloc(0);
	while (!isEnough(start)) {
		const next = await bytes.next();
		if (next.done) break;
		start = Buffer.concat([start, next.value]);
	}
	return { start, all: putBack<Uint8Array>([start], bytes) };
}

/** Yields what was read from a stream, then the rest of it. Closed early, it closes the stream, too. */
export async function* putBack<T>(read: T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
	try {
		yield* read;
		yield* rest;
	} finally {
		await rest.return(undefined);
	}
}
