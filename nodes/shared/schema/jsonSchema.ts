/**
 * The part of JSON Schema that the API's OpenAPI 3.0 and 3.1 documents use. A document isn't guaranteed
 * to follow it; see `sanitizeSchema`.
 */
export interface JsonSchema {
	$ref?: string;
	type?: string | string[];
	nullable?: boolean;
	enum?: unknown[];
	const?: unknown;
	default?: unknown;
	title?: string;
	description?: string;
	properties?: Record<string, JsonSchema>;
	required?: string[];
	additionalProperties?: boolean | JsonSchema;
	items?: JsonSchema;
	minItems?: number;
	maxItems?: number;
	minLength?: number;
	maxLength?: number;
	pattern?: string;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: number | boolean;
	exclusiveMaximum?: number | boolean;
	multipleOf?: number;
	anyOf?: JsonSchema[];
	oneOf?: JsonSchema[];
	allOf?: JsonSchema[];
	[keyword: string]: unknown;
}

/** The schema of an object with known properties. */
export interface ObjectSchema extends JsonSchema {
	properties: Record<string, JsonSchema>;
	required: string[];
}

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

/**
 * The alternatives of a schema, each with its `allOf` merged into it. Use it to find out what a schema
 * accepts; to validate a value, use `branchesOf`.
 */
export function alternatives(schema: JsonSchema): JsonSchema[] {
	return branchesOf(schema).flatMap((branch) =>
		branch.allOf ? alternatives(joinParts(branch)) : [branch],
	);
}

/** Merges `allOf` into the schema, whose own keywords win. */
const joinParts = ({ allOf = [], ...own }: JsonSchema): JsonSchema =>
	joinSchemas(allOf.map(joinParts).reduce(joinSchemas, {}), own);

/**
 * Flattens nested `anyOf`, `oneOf` and lists of types. Each branch includes their sibling keywords; an
 * `allOf` stays as it is. Without alternatives, returns `[schema]`.
 */
export function branchesOf(schema: JsonSchema): JsonSchema[] {
	const { anyOf, oneOf, ...beside } = schema;
	const branches = anyOf?.length ? anyOf : oneOf;
	if (!branches?.length) return byType(schema);
	const joined = branches.flatMap((branch) =>
		branchesOf(joinSchemas(beside, isBareNullable(branch) ? { type: 'null' } : branch)),
	);
	const possible = joined.filter((branch) => branch.enum?.length !== 0);
	return possible.length ? possible : joined;
}

/** One schema per type, for a list of types. */
const byType = (schema: JsonSchema): JsonSchema[] =>
	Array.isArray(schema.type) && schema.type.length
		? schema.type.map((type) => ({ ...schema, type }))
		: [schema];

/** `{nullable: true}` alone: anything in OpenAPI 3.0, but as an alternative it means null. */
const isBareNullable = (schema: JsonSchema): boolean =>
	schema.nullable === true &&
	Object.keys(schema).every((keyword) => keyword === 'nullable' || keyword === 'description');

/** Merges two schemas and the properties they share; if they contradict each other, `second` wins. */
export function joinSchemas(first: JsonSchema, second: JsonSchema): JsonSchema {
	const joined = { ...withoutBoundsOf(second, first), ...second };
	if (first.properties && second.properties) {
		joined.properties = mergeProperties(first.properties, second.properties);
	}
	if (first.allOf && second.allOf) joined.allOf = [...first.allOf, ...second.allOf];
	if (first.required && second.required) {
		joined.required = [...new Set([...first.required, ...second.required])];
	}
	if (first.enum && second.enum) {
		const allowed = new Set(second.enum);
		joined.enum = first.enum.filter((value) => allowed.has(value));
	}
	return joined;
}

function mergeProperties(
	first: Record<string, JsonSchema>,
	second: Record<string, JsonSchema>,
): Record<string, JsonSchema> {
	const shared = Object.keys(second).filter((name) => Object.hasOwn(first, name));
	const joined = shared.map((name) => [name, joinSchemas(first[name], second[name])]);
	return { ...first, ...second, ...(Object.fromEntries(joined) as Record<string, JsonSchema>) };
}

/** OpenAPI 3.0 writes an open bound with two keywords, so each pair is taken from one schema. */
const BOUNDS = [
	['minimum', 'exclusiveMinimum'],
	['maximum', 'exclusiveMaximum'],
];

function withoutBoundsOf(second: JsonSchema, first: JsonSchema): JsonSchema {
	const bounds = BOUNDS.filter((pair) => pair.some((keyword) => keyword in second)).flat();
	if (!bounds.length) return first;
	return Object.fromEntries(Object.entries(first).filter(([keyword]) => !bounds.includes(keyword)));
}

/** The alternatives of a list's entries; none if the schema describes no list. */
export const itemAlternatives = (schema: JsonSchema): JsonSchema[] =>
	alternatives(schema).flatMap(({ items }) => (items ? alternatives(items) : []));

/** The JSON types a schema accepts, without `null`. Empty if it accepts anything. */
export function acceptedTypes(schema: JsonSchema): Set<JsonType> {
	return new Set(alternatives(schema).flatMap(typesOfOne));
}

function typesOfOne(schema: JsonSchema): JsonType[] {
	const named = [schema.type ?? []].flat().filter((type) => type !== 'null') as JsonType[];
	if (named.length) return named;
	const values = allowedValues(schema);
	if (values) return values.filter((value) => value !== null).map(typeOfValue);
	if (schema.properties) return ['object'];
	return schema.items ? ['array'] : [];
}

/** The JSON type of a value; `null` and `undefined` count as objects, as in JavaScript. */
export function typeOfValue(value: unknown): JsonType {
	if (Array.isArray(value)) return 'array';
	const type = typeof value;
	return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

/** The values of `enum` or `const`; `undefined` if there are none. */
export function allowedValues(schema: JsonSchema): unknown[] | undefined {
	if (schema.const !== undefined) return [schema.const];
	return schema.enum;
}
