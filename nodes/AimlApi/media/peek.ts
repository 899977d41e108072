import type { Readable } from '../../shared/transport/readable';

/**
 * Reads the first bytes of a stream, and returns them with the whole file: still a stream, or its bytes
 * if it isn't longer.
 *
 * @throws the stream's error
 */
export async function peek(
	content: Buffer | Readable,
	length: number,
): Promise<{ start: Uint8Array; content: Buffer | Readable }> {
	if (Buffer.isBuffer(content)) return { start: content.subarray(0, length), content };
	const parts: Buffer[] = [];
	let read = 0;
	while (read < length) {
		const chunk = content.read() as unknown;
		if (chunk instanceof Uint8Array) {
			parts.push(Buffer.from(chunk));
			read += chunk.length;
		} else if (!(await hasMore(content))) {
			const whole = Buffer.concat(parts);
			return { start: whole, content: whole };
		}
	}
	const start = Buffer.concat(parts);
	content.unshift(start);
	return { start, content };
}

/** Waits for more data; false at the end. */
async function hasMore(stream: Readable): Promise<boolean> {
	if (stream.errored) throw stream.errored;
	if (stream.readableEnded || stream.destroyed) return false;
	const events = ['readable', 'end', 'close', 'error'] as const;
	let removeListeners: Array<() => void> = [];
	try {
		return await new Promise<boolean>((resolve, reject) => {
			const handlers = [
				() => resolve(true),
				() => resolve(false),
				() =>
					stream.readableEnded
						? resolve(false)
						: reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
				reject,
			];
			removeListeners = events.map((event, index) => {
				stream.on(event, handlers[index]);
				return () => void stream.off(event, handlers[index]);
			});
		});
	} finally {
		for (const remove of removeListeners) remove();
	}
}
