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

/**
 * The document's request body as JSON Schema: with references resolved, and OpenAPI 3.0's `nullable` and
 * boolean `exclusiveMinimum` converted. Unknown top-level properties are rejected, as the API does even
 * if the document allows them. A recursive reference accepts anything.
 */
export function requestSchema({ paths, components }: OpenApiDocument): Schema {
	const [path] = Object.values(paths);
	const [content] = Object.values(path.post.requestBody.content);
	const definitions = components?.schemas ?? {};
	return { ...toJsonSchema(content.schema, definitions, []), additionalProperties: false };
}

function toJsonSchema(
	schema: Schema,
	definitions: Record<string, Schema>,
	enclosing: string[],
): Schema {
	if (typeof schema.$ref === 'string') {
		const name = schema.$ref.split('/').pop() ?? '';
		if (enclosing.includes(name)) return {};
		return toJsonSchema(definitions[name], definitions, [...enclosing, name]);
	}
	if (schema.type === 'string' && schema.format === 'binary') return UPLOAD;
	const convert = (part: Schema) => toJsonSchema(part, definitions, enclosing);
	return translateNullable(translateBounds(convertParts(schema, convert)));
}

/** A parsed file of a form, for what some documents describe as a binary string. */
const UPLOAD: Schema = { type: 'object', required: ['fieldname', 'originalname', 'mimetype'] };

function convertParts(schema: Schema, convert: (part: Schema) => Schema): Schema {
	const { oneOf, anyOf, allOf, items, properties, additionalProperties, ...rest } = schema;
	const alternatives = (oneOf ?? anyOf) as Schema[] | undefined;
	return {
		...rest,
		// The API uses the first alternative that matches, so `oneOf` means `anyOf`.
		...(alternatives && { anyOf: alternatives.map(asAlternative).map(convert) }),
		...(Array.isArray(allOf) && { allOf: allOf.map(convert) }),
		...(isSchema(items) && { items: convert(items) }),
		...(isSchema(properties) && {
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, property]) => [name, convert(property as Schema)]),
			),
		}),
		...(additionalProperties !== undefined && {
			additionalProperties: isSchema(additionalProperties)
				? convert(additionalProperties)
				: additionalProperties,
		}),
	};
}

/** As an alternative, a bare `nullable` means null; elsewhere it means anything. */
const asAlternative = (schema: Schema): Schema =>
	schema.nullable === true && Object.keys(schema).length === 1 ? { type: 'null' } : schema;

function translateNullable({ nullable, ...schema }: Schema): Schema {
	if (nullable !== true || Object.keys(schema).length === 0) return schema;
	if (typeof schema.type !== 'string' || 'const' in schema) {
		return { anyOf: [schema, { type: 'null' }] };
	}
	return {
		...schema,
		type: [schema.type, 'null'],
		...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }),
	};
}

/** OpenAPI 3.0's booleans `exclusiveMinimum` and `exclusiveMaximum` become numbers. */
function translateBounds({ exclusiveMinimum: above, exclusiveMaximum: below, ...rest }: Schema) {
	const lower = above === true ? rest.minimum : above;
	const upper = below === true ? rest.maximum : below;
	return {
		...rest,
		...(typeof lower === 'number' && { exclusiveMinimum: lower }),
		...(typeof upper === 'number' && { exclusiveMaximum: upper }),
	};
}
