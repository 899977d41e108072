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
export async function* readBody(
	{ body, target, watchdog, signal }: BodyContext,
	maxBytes: number,
): AsyncGenerator<Buffer> {
	const content = isStream(body) ? body : undefined;
	const end = () => void content?.destroy();
	watchdog.signal.addEventListener('abort', end);
	let bytes = 0;
	let failure: { error: unknown } | undefined;
	try {
		for await (const part of content ?? [toBytes(body)]) {
			bytes += (part as Buffer).length;
			if (bytes > maxBytes) break;
			yield part as Buffer;
		}
	} catch (error) {
		failure = { error };
	} finally {
		watchdog.signal.removeEventListener('abort', end);
		watchdog.stop();
		end();
	}
	if (bytes > maxBytes) throw new ApiError(tooLargeError(target, maxBytes));
	if (!failure) return;
	signal?.throwIfAborted();
	throw new ApiError(
		watchdog.isTooLong
			? timeoutError(target, bytes)
			: (networkError(failure.error, target) ?? brokenConnectionError('', target)),
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
