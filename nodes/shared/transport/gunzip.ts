import { ApiError } from '../errors/ApiError';
import { brokenConnectionError, tooLargeError, type Target } from './networkErrors';

/** How every gzip file begins (RFC 1952, section 2.3.1), and no text. */
const MAGIC = [0x1f, 0x8b, 0x08];

/**
 * The bytes of an answer, unpacked where it is gzip that no header says, as some gateways send it.
 *
 * @throws ApiError when it is cut or unpacks to more than `maxBytes`
 */
export async function* gunzip(
	bytes: AsyncIterable<Uint8Array>,
	target: Target,
	maxBytes: number,
): AsyncGenerator<Uint8Array> {
	const iterator = bytes[Symbol.asyncIterator]();
	const first = await iterator.next();
	if (first.done) return;
	const all = prepend(first.value, iterator);
	const isGzip = MAGIC.every((byte, index) => first.value[index] === byte);
	yield* isGzip ? unpack(all, target, maxBytes) : all;
}

async function* prepend<T>(first: T, others: AsyncIterator<T>): AsyncGenerator<T> {
	let isOver = false;
	try {
		yield first;
		for (let next = await others.next(); !next.done; next = await others.next()) yield next.value;
		isOver = true;
	} finally {
		if (!isOver) await others.return?.();
	}
}

async function* unpack(
	packed: AsyncIterable<Uint8Array>,
	target: Target,
	maxBytes: number,
): AsyncGenerator<Uint8Array> {
	const unpacked = ReadableStream.from(packed).pipeThrough(new DecompressionStream('gzip'));
	let size = 0;
	let failure: { error: unknown } | undefined;
	try {
		for await (const part of unpacked as AsyncIterable<Uint8Array>) {
			size += part.length;
			if (size > maxBytes) break;
			yield part;
		}
	} catch (error) {
		failure = { error };
	}
	if (size > maxBytes) throw new ApiError(tooLargeError(target, maxBytes));
	if (!failure) return;
	// What breaks the connection has its own words; otherwise the bytes themselves are broken.
	throw failure.error instanceof ApiError
		? failure.error
		: new ApiError(brokenConnectionError('', target));
}
