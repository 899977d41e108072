import { InputError } from '../errors/InputError';
import { isRecord } from '../json';
import { parseJsonObject } from '../parameters/jsonField';
import type { TargetModel } from '../parameters/targetModel';
import { dereference } from '../schema/dereference';
import type { JsonSchema } from '../schema/jsonSchema';
import { sanitizeSchema } from '../schema/sanitize';
import { findProblem } from '../schema/validate';
import { completionsDialect } from './dialect';

/** The values of 'Response Format' and the fields below it. */
export interface ResponseFormatFields {
	responseFormat: string;
	/** `fromJson` or `manual`. */
	schemaType?: string;
	jsonSchemaExample?: unknown;
	inputSchema?: unknown;
}

/** How to request JSON and how to validate it. */
export interface JsonAnswer {
	/** The format for the body. */
	request: Record<string, unknown>;
	/** The schema of the parsed answer; without it, any object is valid. */
	schema?: JsonSchema;
}

/**
 * @returns `undefined` for plain text
 * @throws InputError for invalid JSON in the schema or example, or a model without this format
 */
export function toResponseFormat(
	fields: ResponseFormatFields,
	{ id, schema }: TargetModel,
	dialect = completionsDialect,
): JsonAnswer | undefined {
	if (fields.responseFormat === 'text') return undefined;
	const asked: JsonAnswer =
		fields.responseFormat === 'json_schema'
			? toJsonSchemaFormat(fields)
			: { request: { type: 'json_object' } };
	const answer = { ...asked, request: dialect.writeFormat(asked.request) };
	const documented = schema && dialect.formatSchema(schema);
	if (schema && (!documented || findProblem(documented, answer.request))) {
		throw new InputError(
			`${id} doesn't support this 'Response Format'`,
			documented && answer.schema
				? "Choose 'JSON Object' and describe the fields in a message, or choose another model."
				: "Set 'Response Format' to 'Text' and ask for JSON in a message, or choose another model.",
		);
	}
	return answer;
}

function toJsonSchemaFormat(fields: ResponseFormatFields): JsonAnswer {
	return fields.schemaType === 'manual'
		? fromOwnSchema(fields.inputSchema)
		: fromExample(fields.jsonSchemaExample);
}

/** A schema without any of these accepts every answer. */
const KEYWORDS = [
	...['type', 'enum', 'const', 'properties', 'patternProperties', 'required', 'items'],
	...['prefixItems', 'additionalProperties', 'anyOf', 'oneOf', 'allOf', 'not', 'if'],
];

/** The schema may have OpenAI's response format around it: `{name, strict, schema}`. */
function fromOwnSchema(value: unknown): JsonAnswer {
	const given = parseJsonObject(value, 'JSON Schema');
	if (!given) throw missingFieldError('JSON Schema');
	const format = isRecord(given.json_schema) ? given.json_schema : given;
	const [schema, { strict }] = isRecord(format.schema) ? [format.schema, format] : [given, {}];
	const resolved = sanitizeSchema(dereference(schema, schema));
	if (!KEYWORDS.some((keyword) => Object.hasOwn(resolved, keyword))) {
		throw new InputError(
			"'JSON Schema' doesn't describe any fields",
			"It needs keywords such as 'type' and 'properties'. If it is an example of the response, set 'Schema Type' to 'Generate From JSON Example'.",
		);
	}
	const settings = typeof strict === 'boolean' ? { strict } : {};
	return { request: jsonSchemaFormat(schema, settings), schema: resolved };
}

/**
 * A schema made from an example fits OpenAI's strict mode, so `strict` is set, unless the example leaves
 * a type open (null, an empty list or object).
 */
function fromExample(value: unknown): JsonAnswer {
	const example = parseJsonObject(value, 'JSON Example');
	if (!example) throw missingFieldError('JSON Example');
	const schema = schemaOfExample(example);
	const isExact = !JSON.stringify(schema).includes('{}');
	return { request: jsonSchemaFormat(schema, isExact ? { strict: true } : {}), schema };
}

const missingFieldError = (field: string): InputError =>
	new InputError(
		`'${field}' is empty`,
		"It defines the fields of the response. Fill it in, or set 'Response Format' to 'JSON Object'.",
	);

function jsonSchemaFormat(schema: JsonSchema, extra: object = {}): Record<string, unknown> {
	const title = typeof schema.title === 'string' ? schema.title : '';
	const name = title.replace(/[^\w-]+/g, '_').slice(0, 64) || 'response';
	return { type: 'json_schema', json_schema: { name, schema, ...extra } };
}

/** A schema that requires every field of the example and allows no others. */
export function schemaOfExample(example: unknown): JsonSchema {
	if (Array.isArray(example)) {
		const [first, ...others] = example.map(schemaOfExample);
		const isUniform = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
		return { type: 'array', items: isUniform ? (first ?? {}) : {} };
	}
	if (!isRecord(example)) {
		return example === null ? {} : { type: typeof example };
	}
	return {
		type: 'object',
		properties: Object.fromEntries(
			Object.entries(example).map(([name, value]) => [name, schemaOfExample(value)]),
		),
		required: Object.keys(example),
		additionalProperties: false,
	};
}
