import { isRecord } from '../json';
import { type JsonSchema } from './jsonSchema';

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isTypeName = (value: unknown): boolean => TYPES.some((type) => type === value);
const isFilledList = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

/** Checks for the value of each keyword that this package uses. */
const FORMS: Record<string, (value: unknown) => boolean> = {
	properties: isRecord,
	required: (value) => Array.isArray(value) && value.every(isText),
	enum: isFilledList,
	anyOf: Array.isArray,
	oneOf: Array.isArray,
	allOf: Array.isArray,
	items: isRecord,
	additionalProperties: (value) => typeof value === 'boolean' || isRecord(value),
	type: (value) => isFilledList([value].flat()) && [value].flat().every(isTypeName),
	title: isText,
	pattern: isText,
	minimum: isNumber,
	maximum: isNumber,
	multipleOf: isNumber,
	minLength: isNumber,
	maxLength: isNumber,
	minItems: isNumber,
	maxItems: isNumber,
};

/**
 * A copy of an untrusted schema without keywords whose value is invalid in JSON Schema, e.g.
 * `required: true` or the type `any`. Dropped keywords are not validated.
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
			const parts = Object.entries(value as object).map(([name, part]) => [name, toSchema(part)]);
			return Object.fromEntries(
				parts.flatMap(([name, part]) => (isRecord(part) ? [[name, sanitizeSchema(part)]] : [])),
			);
		}
		case 'anyOf':
		case 'oneOf':
		case 'allOf':
			return (value as unknown[]).map(toSchema).filter(isRecord).map(sanitizeSchema);
		case 'items':
		case 'additionalProperties':
			return isRecord(value) ? sanitizeSchema(value) : value;
		default:
			return value;
	}
}

/** `true`, which accepts anything, as `{}`. */
const toSchema = (part: unknown): unknown => (part === true ? {} : part);
