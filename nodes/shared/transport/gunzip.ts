import { ApiError } from '../errors/ApiError';
import { brokenConnectionError, tooLargeError, type Target } from './networkErrors';
import { readStart } from './readBody';

/** The first bytes of every gzip file (RFC 1952, section 2.3.1), and of no text. */
const MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);

/**
 * Decompresses a body that is gzip although no header says so, as some gateways send it, even twice; passes
 * on any other.
 *
 * @param layers how often to decompress, since a file may contain itself
 * @throws ApiError when it is truncated or decompresses to more than `maxBytes`
 */
export async function* gunzip(
	bytes: AsyncGenerator<Uint8Array>,
	target: Target,
	maxBytes: number,
	layers = 2,
): AsyncGenerator<Uint8Array> {
	const { start, all } = await readStart(bytes, ({ length }) => length >= MAGIC.length);
	const isGzip = layers > 0 && start.subarray(0, MAGIC.length).equals(MAGIC);
	yield* isGzip ? gunzip(decompress(all, target, maxBytes), target, maxBytes, layers - 1) : all;
}

async function* decompress(
	compressed: AsyncIterable<Uint8Array>,
	target: Target,
	maxBytes: number,
): AsyncGenerator<Uint8Array> {
	const parts = ReadableStream.from(compressed).pipeThrough(new DecompressionStream('gzip'));
	let size = 0;
	try {
		for await (const part of parts as AsyncIterable<Uint8Array>) {
			size += part.length;
			if (size > maxBytes) throw new ApiError(tooLargeError(target, maxBytes));
			yield part;
		}
	} catch (error) {
		// An error of the connection is an `ApiError` already; any other means invalid gzip.
		throw error instanceof ApiError ? error : new ApiError(brokenConnectionError(target));
	}
}
