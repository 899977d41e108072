/** A JSON Schema or an OpenAPI 3.0 schema object. */
export type Schema = Record<string, unknown>;

/** The parts of an OpenAPI document that describe a model's request. */
export interface OpenApiDocument {
	openapi: string;
	servers?: Array<{ url: string }>;
	paths: Record<string, { post: { requestBody: { content: Record<string, { schema: Schema }> } } }>;
	components?: { schemas?: Record<string, Schema> };
	[key: string]: unknown;
}

const isSchema = (value: unknown): value is Schema =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The properties of the document's request body, as the document writes them. */
export function bodyProperties(document: OpenApiDocument): Record<string, Schema> {
	let schema = bodySchema(document);
	while (schema.$ref !== undefined) schema = referencedBy(schema, document);
	return (schema.properties ?? {}) as Record<string, Schema>;
}

const converted = new WeakMap<OpenApiDocument, Schema>();

/**
 * The document's request body as JSON Schema: references are resolved, and what only OpenAPI 3.0 has is
 * converted. Unknown top-level properties are rejected, as the API does even if the document allows them.
 * A recursive reference accepts anything.
 *
 * @returns the same object for the same document, so that Ajv compiles it once
 */
export function requestSchema(document: OpenApiDocument): Schema {
	const schema = converted.get(document) ?? {
		...toJsonSchema(bodySchema(document), document, []),
		additionalProperties: false,
	};
	converted.set(document, schema);
	return schema;
}

function bodySchema({ paths }: OpenApiDocument): Schema {
	const [{ post }] = Object.values(paths);
	const [{ schema }] = Object.values(post.requestBody.content);
	return schema;
}

const referencedBy = ({ $ref }: Schema, { components }: OpenApiDocument): Schema =>
	components!.schemas![String($ref).split('/').pop()!];

function toJsonSchema(schema: Schema, document: OpenApiDocument, enclosing: Schema[]): Schema {
	if (schema.$ref !== undefined) {
		const target = referencedBy(schema, document);
		if (enclosing.includes(target)) return {};
		return toJsonSchema(target, document, [...enclosing, target]);
	}
	if (schema.type === 'string' && schema.format === 'binary') return UPLOAD;
	if (isBareNullable(schema)) return {};
	return convertKeywords(schema, (part) => toJsonSchema(part, document, enclosing));
}

/** A parsed file of a form, for what some documents describe as a binary string. */
const UPLOAD: Schema = { type: 'object', required: ['fieldname', 'originalname', 'mimetype'] };

/** `{nullable: true}` alone: as an alternative it means null, elsewhere anything. */
const isBareNullable = (schema: Schema): boolean =>
	schema.nullable === true && Object.keys(schema).length === 1;

/** Keywords that the schema doesn't have are `undefined` in the result, which Ajv ignores. */
function convertKeywords(
	{ nullable, oneOf, anyOf = oneOf, allOf, properties, ...rest }: Schema,
	convert: (part: Schema) => Schema,
): Schema {
	const convertIf = (part: unknown) => (isSchema(part) ? convert(part) : part);
	const converted = {
		...rest,
		// The API uses the first alternative that matches, so `oneOf` means `anyOf`.
		anyOf: (anyOf as Schema[] | undefined)?.map((part) =>
			isBareNullable(part) ? { type: 'null' } : convert(part),
		),
		allOf: (allOf as Schema[] | undefined)?.map(convert),
		items: convertIf(rest.items),
		properties:
			properties &&
			Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, convertIf(part)])),
		additionalProperties: convertIf(rest.additionalProperties),
		exclusiveMinimum: toLimit(rest.exclusiveMinimum, rest.minimum),
		exclusiveMaximum: toLimit(rest.exclusiveMaximum, rest.maximum),
	};
	return nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
}

/** In OpenAPI 3.0 a boolean says whether the limit beside it is exclusive. */
function toLimit(exclusive: unknown, limit: unknown): unknown {
	if (exclusive === true) return limit;
	return exclusive === false ? undefined : exclusive;
}
