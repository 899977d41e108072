import { InputError } from '../errors/InputError';
import { isRecord } from '../json';

/**
 * The object in a JSON field of the node, given as text or, by expression, as an object already.
 *
 * @param field display name, for the error
 * @returns `undefined` if the field is blank
 * @throws InputError if it isn't valid JSON or isn't an object
 */
export function parseJsonObject(
	value: unknown,
	field: string,
): Record<string, unknown> | undefined {
	const parsed = typeof value === 'string' ? parseJson(value, field) : value;
	if (parsed === undefined || parsed === null) return undefined;
	if (isRecord(parsed)) return parsed;
	throw new InputError(
		`'${field}' must be a JSON object`,
		`Write it in braces, e.g. {"name": "value"}. It is ${Array.isArray(parsed) ? 'a list' : `a ${typeof parsed}`}.`,
	);
}

/**
 * The value in a JSON field of the node.
 *
 * @returns `undefined` if the field is blank
 * @throws InputError if it isn't valid JSON
 */
export function parseJson(text: string, field: string): unknown {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text);
	} catch (error) {
		return invalidJsonError(field, (error as Error).message);
	}
}

function invalidJsonError(field: string, reason: string): never {
	throw new InputError(
		`'${field}' isn't valid JSON`,
		`Check quotes, commas and brackets. The parser says: ${reason}`,
	);
}
