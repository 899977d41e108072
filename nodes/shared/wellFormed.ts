/** Strings as Node.js has them since version 20; the types are those of ES2023. */
interface WellFormable {
	toWellFormed(): string;
}

/** The text with U+FFFD in place of each half of a character, which many models refuse. */
export const toWellFormed = (text: string): string =>
	(text as unknown as WellFormable).toWellFormed();

/**
 * A JSON value in which all texts, property names too, are well formed; the same value where they are
 * already. What is no plain object or list, e.g. a form, is left as it is.
 */
export function toWellFormedJson(value: unknown): unknown {
	if (typeof value === 'string') return toWellFormed(value);
	if (Array.isArray(value)) return mapChanged(value, toWellFormedJson);
	if (!isPlainObject(value)) return value;
	const entries = Object.entries(value);
	const mapped = mapChanged(entries, (entry) => mapChanged(entry, toWellFormedJson));
	return mapped === entries ? value : Object.fromEntries(mapped as Array<[string, unknown]>);
}

/** The list itself where nothing in it changes. */
function mapChanged<T>(list: T[], map: (entry: T) => unknown): unknown[] {
	const mapped = list.map(map);
	return mapped.every((entry, index) => entry === list[index]) ? list : mapped;
}

const isPlainObject = (value: unknown): value is object =>
	typeof value === 'object' &&
	value !== null &&
	[Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
