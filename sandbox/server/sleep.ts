/** Resolves after `ms` milliseconds. Its timer keeps neither the process nor a closing alive. */
export async function sleep(ms: number): Promise<void> {
	if (!(ms > 0)) return;
	await new Promise((resolve) => {
		AbortSignal.timeout(Math.ceil(ms)).addEventListener('abort', resolve);
	});
}
