/** Resolves after `ms` milliseconds, without keeping the process alive. */
export async function sleep(ms: number): Promise<void> {
	if (!(ms > 0)) return;
	await new Promise((resolve) => {
		AbortSignal.timeout(Math.ceil(ms)).addEventListener('abort', resolve);
	});
}
