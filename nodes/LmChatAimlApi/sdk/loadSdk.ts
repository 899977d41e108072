/**
 * n8n's SDK for AI nodes; `undefined` in n8n before 2.16. Loaded only when a chat model runs, since a
 * `require` at the top would prevent the whole package from loading there. The build makes a `require` of
 * the `import()`.
 */
export async function loadSdk() {
	return await import('@n8n/ai-node-sdk').catch(() => undefined);
}
