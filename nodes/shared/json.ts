/** A JSON object. */
export type Json = Record<string, unknown>;

export function isRecord(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What JSON makes of a value; a date becomes text. */
export const toJsonValue = (value: unknown): unknown =>
	isRecord(value) && typeof value.toJSON === 'function' ? (value.toJSON() as unknown) : value;

/** Parses JSON; `undefined` if the text is not valid JSON. */
export function tryParse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The JSON of a value; '' if it has none, e.g. because it is circular or too deeply nested. */
export function tryStringify(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		return '';
	}
}

/** A finite number, or its text. */
export function toNumber(value: unknown): number | undefined {
	const figure = typeof value === 'string' && value.trim() ? Number(value) : value;
	return typeof figure === 'number' && Number.isFinite(figure) ? figure : undefined;
}
