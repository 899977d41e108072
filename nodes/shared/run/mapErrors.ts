/** Hands on what comes; what fails is thrown as `toError` makes it. */
export async function* mapErrors<T>(
	pieces: AsyncIterable<T>,
	toError: (error: unknown) => unknown,
): AsyncGenerator<T> {
	const iterator = pieces[Symbol.asyncIterator]();
	const next = async () =>
		await iterator.next().catch((error: unknown) => {
			throw toError(error);
		});
	let isOver = false;
	try {
		for (let piece = await next(); !piece.done; piece = await next()) yield piece.value;
		isOver = true;
	} finally {
		if (!isOver) await iterator.return?.();
	}
}
