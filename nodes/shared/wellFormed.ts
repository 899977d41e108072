/** String methods of Node.js 20, missing in the types of ES2023. */
interface WellFormable {
	toWellFormed(): string;
}

/** Replaces lone surrogates, which many models reject, with U+FFFD. */
export const toWellFormed = (text: string): string =>
	(text as unknown as WellFormable).toWellFormed();

/**
 * Makes all texts and property names of a JSON value well formed; returns the same value if they are.
 * Anything but plain objects and lists, e.g. a form, stays unchanged.
 */
export function toWellFormedJson(value: unknown): unknown {
	if (typeof value === 'string') return toWellFormed(value);
	if (Array.isArray(value)) return mapChanged(value, toWellFormedJson);
	if (!isPlainObject(value)) return value;
	const entries = Object.entries(value);
	const mapped = mapChanged(entries, (entry) => mapChanged(entry, toWellFormedJson));
	return mapped === entries ? value : Object.fromEntries(mapped as Array<[string, unknown]>);
}

/** Maps a list, or returns the same list if nothing changes. */
function mapChanged<T>(list: T[], map: (entry: T) => unknown): unknown[] {
	const mapped = list.map(map);
	return mapped.every((entry, index) => entry === list[index]) ? list : mapped;
}

const isPlainObject = (value: unknown): value is object =>
	typeof value === 'object' &&
	value !== null &&
	[Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
