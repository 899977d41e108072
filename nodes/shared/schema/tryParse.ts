/** The JSON in a text; `undefined` where it is none. */
export function tryParse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
