/**
 * n8n's SDK for AI nodes, which n8n has since 2.16; `undefined` in an older one. Loaded only when a
 * chat model runs: a `require` at the top would take the whole package down there.
 */
export async function loadSdk() {
	return await import('@n8n/ai-node-sdk').catch(() => undefined);
}
