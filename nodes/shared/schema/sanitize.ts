import { isRecord } from '../json';
import { type JsonSchema } from './jsonSchema';

/** Checks for the value of each keyword that this package uses. */
const FORMS: Record<string, (value: unknown) => boolean> = {
	properties: isRecord,
	required: isListOf('string'),
	enum: Array.isArray,
	anyOf: Array.isArray,
	oneOf: Array.isArray,
	allOf: Array.isArray,
	items: isRecord,
	additionalProperties: (value) => typeof value === 'boolean' || isRecord(value),
	type: (value) => typeof value === 'string' || isListOf('string')(value),
	title: isOf('string'),
	pattern: isOf('string'),
	...Object.fromEntries(
		['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems'].map(
			(keyword) => [keyword, isOf('number')],
		),
	),
};

/**
 * A copy of an untrusted schema without keywords whose value is invalid in JSON Schema, e.g.
 * `required: true`. Dropped keywords are not validated.
 */
export function sanitizeSchema(schema: JsonSchema): JsonSchema {
	const sound = Object.entries(schema).filter(
		([keyword, value]) => !Object.hasOwn(FORMS, keyword) || FORMS[keyword](value),
	);
	return Object.fromEntries(sound.map(([keyword, value]) => [keyword, cleanPart(keyword, value)]));
}

function cleanPart(keyword: string, value: unknown): unknown {
	switch (keyword) {
		case 'properties': {
			const parts = Object.entries(value as object).filter(([, part]) => isRecord(part));
			return Object.fromEntries(parts.map(([name, part]) => [name, sanitizeSchema(part)]));
		}
		case 'anyOf':
		case 'oneOf':
		case 'allOf':
			return (value as unknown[]).filter(isRecord).map(sanitizeSchema);
		case 'items':
		case 'additionalProperties':
			return isRecord(value) ? sanitizeSchema(value) : value;
		default:
			return value;
	}
}

function isOf(type: string) {
	return (value: unknown): boolean => typeof value === type;
}

function isListOf(type: string) {
	return (value: unknown): boolean =>
		Array.isArray(value) && value.every((entry) => typeof entry === type);
}
