/** A schema as the API's OpenAPI documents write it: 3.0, and what 3.1 has beyond it. */
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

/** What a reference to the document's components points to, however often it points on. */
export function dereference(schema: Schema, document: ApiDocument): Schema {
	if (schema.$ref === undefined) return schema;
	const name = schema.$ref.split('/').pop() ?? '';
	return dereference(document.components?.schemas?.[name] ?? {}, document);
}

/**
 * The forms that a value may have, unions in unions taken apart, each with what stands beside the
 * union; the form `null` among them. One whose values that rules out is none.
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

/** What `allOf` asks for, as one schema. */
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

/** A list of types, as OpenAPI 3.1 has it, is a union too. */
const byType = (schema: Schema): Schema[] =>
	Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];

/** The values that a form is limited to. */
export const valuesOf = (form: Schema): unknown[] | undefined =>
	form.const === undefined ? form.enum : [form.const];

/** `{nullable: true}` and nothing more: among alternatives null, elsewhere anything. */
export const isBareNull = (schema: Schema): boolean =>
	schema.nullable === true &&
	Object.keys(schema).every((keyword) => ['nullable', 'description'].includes(keyword));

/** The values of a property that takes no others; `undefined` where it does, or is yes or no. */
export function enumValues(schema: Schema, document: ApiDocument): unknown[] | undefined {
	const lists = forms(schema, document)
		.filter(({ type }) => type !== 'null')
		.map(valuesOf);
	if (!lists.every((list) => list !== undefined)) return undefined;
	const values = [...new Set(lists.flat())].filter((value) => value !== null);
	return values.every((value) => typeof value === 'boolean') ? undefined : values;
}

/** Whether a schema refers back to one that it stands in. */
export function containsItself(
	value: unknown,
	document: ApiDocument,
	enclosing: string[] = [],
): boolean {
	if (Array.isArray(value)) return value.some((part) => containsItself(part, document, enclosing));
	if (!isObject(value)) return false;
	const { $ref: reference } = value;
	if (typeof reference !== 'string') {
		return Object.values(value).some((part) => containsItself(part, document, enclosing));
	}
	if (enclosing.includes(reference)) return true;
	return containsItself(dereference(value, document), document, [...enclosing, reference]);
}
