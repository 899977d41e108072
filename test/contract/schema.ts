/** A schema of OpenAPI 3.0 or 3.1. */
export interface Schema {
	$ref?: string;
	type?: string | string[];
	const?: unknown;
	nullable?: boolean;
	enum?: unknown[];
	format?: string;
	pattern?: string;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: number | boolean;
	exclusiveMaximum?: number | boolean;
	items?: Schema;
	minItems?: number;
	maxItems?: number;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean | Schema;
	anyOf?: Schema[];
	oneOf?: Schema[];
	allOf?: Schema[];
	[keyword: string]: unknown;
}

/** The parts of an OpenAPI document that describe one request. */
export interface ApiDocument {
	openapi: string;
	paths: Record<string, { post: { requestBody: { content: Record<string, { schema: Schema }> } } }>;
	components?: { schemas?: Record<string, Schema> };
	[key: string]: unknown;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema of the one request body that a document describes. */
export function bodySchema(document: ApiDocument): Schema {
	const [{ post }] = Object.values(document.paths);
	const [{ schema }] = Object.values(post.requestBody.content);
	return dereference(schema, document);
}

/** Resolves a reference to the document's components, and references that it leads to. */
export function dereference(schema: Schema, document: ApiDocument): Schema {
	if (schema.$ref === undefined) return schema;
	const name = schema.$ref.split('/').pop() ?? '';
	return dereference(document.components?.schemas?.[name] ?? {}, document);
}

/**
 * The forms that a value may have: the alternatives of nested unions, each with the keywords beside the
 * union, and `null`. Without alternatives whose values these keywords rule out.
 */
export function forms(schema: Schema, document: ApiDocument): Schema[] {
	const { anyOf, oneOf, ...beside } = mergeParts(dereference(schema, document), document);
	const branches = anyOf ?? oneOf;
	if (!branches) return byType(beside);
	return branches
		.flatMap((branch) => (isBareNull(branch) ? { type: 'null' } : forms(branch, document)))
		.map((form) => ({ ...beside, ...form, ...commonValues(beside, form) }))
		.filter((form) => form.enum?.length !== 0);
}

/** The parts of `allOf` as one schema. */
function mergeParts({ allOf, ...own }: Schema, document: ApiDocument): Schema {
	if (!allOf) return own;
	const parts = [...allOf.map((part) => mergeParts(dereference(part, document), document)), own];
	return {
		...(Object.assign({}, ...parts) as Schema),
		...(parts.some(({ properties }) => properties) && {
			properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
			required: parts.flatMap(({ required = [] }) => required),
		}),
	};
}

const commonValues = (beside: Schema, form: Schema): Schema =>
	beside.enum && form.enum
		? { enum: form.enum.filter((value) => beside.enum!.includes(value)) }
		: {};

/** OpenAPI 3.1's list of types is a union, too. */
const byType = (schema: Schema): Schema[] =>
	Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];

/** The values that a form is limited to, if any. */
export const valuesOf = (form: Schema): unknown[] | undefined =>
	form.const === undefined ? form.enum : [form.const];

/** `{nullable: true}` alone: as an alternative it means null, elsewhere anything. */
export const isBareNull = (schema: Schema): boolean =>
	schema.nullable === true &&
	Object.keys(schema).every((keyword) => ['nullable', 'description'].includes(keyword));

/** The values that a property is limited to; `undefined` if it isn't, or is a boolean. */
export function enumValues(schema: Schema, document: ApiDocument): unknown[] | undefined {
	const lists = forms(schema, document)
		.filter(({ type }) => type !== 'null')
		.map(valuesOf);
	if (!lists.every((list) => list !== undefined)) return undefined;
	const values = [...new Set(lists.flat())].filter((value) => value !== null);
	return values.every((value) => typeof value === 'boolean') ? undefined : values;
}

/** Whether a schema refers to one that it is part of. */
export function isRecursive(
	value: unknown,
	document: ApiDocument,
	enclosing: string[] = [],
): boolean {
	if (Array.isArray(value)) return value.some((part) => isRecursive(part, document, enclosing));
	if (!isObject(value)) return false;
	const { $ref: reference } = value;
	if (typeof reference !== 'string') {
		return Object.values(value).some((part) => isRecursive(part, document, enclosing));
	}
	if (enclosing.includes(reference)) return true;
	return isRecursive(dereference(value, document), document, [...enclosing, reference]);
}
