/**
 * The API's address as the credential holds it, down to what requests are built on: pasted forms
 * such as `https://api.aimlapi.com/v1/` lose their version and slashes. Paths bring their own
 * version, as the API has both v1 and v2.
 */
export function normalizeHost(url: string): string {
	return url.trim().replace(/(\/(v\d+)?)+$/, '');
}
