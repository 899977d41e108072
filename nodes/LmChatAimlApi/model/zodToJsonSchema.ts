/** The part of a Zod 3 schema that is read here. */
export interface ZodSchema {
	_def: object;
}

interface ZodDefinition {
	typeName: string;
	description?: string;
	checks?: Check[];
	[property: string]: unknown;
}

interface Check {
	kind: string;
	value?: number;
	inclusive?: boolean;
	regex?: RegExp;
}

type JsonSchema = Record<string, unknown>;

/** Converts one type of schema; `read` converts those inside it. */
type Reader = (definition: ZodDefinition, read: (schema: unknown) => JsonSchema) => JsonSchema;

/**
 * The JSON Schema of the input that a schema of any kind describes: Zod 3, Zod 4, or JSON Schema. Told apart
 * by form, since n8n, its parts and LangChain each come with their own copy of Zod.
 */
export function toJsonSchema(schema: unknown): JsonSchema {
	if (isZod(schema)) return zodToJsonSchema(schema);
	const { toJSONSchema } = (schema ?? {}) as { toJSONSchema?: WriteJsonSchema };
	return toJSONSchema?.call(schema, ZOD_4_OPTIONS) ?? ((schema ?? {}) as JsonSchema);
}

/** The method of Zod 4.2 and later. */
type WriteJsonSchema = (options: typeof ZOD_4_OPTIONS) => JsonSchema;

const ZOD_4_OPTIONS = { io: 'input', unrepresentable: 'any' } as const;

export const isZod = (value: unknown): value is ZodSchema =>
	typeof (value as { _def?: Partial<ZodDefinition> } | undefined)?._def?.typeName === 'string';

/**
 * Converts a Zod 3 schema to the JSON Schema of its input.
 * Refinements and transformations are left out, so the result may accept more, but never less.
 */
export function zodToJsonSchema(schema: ZodSchema): JsonSchema {
	return readSchema(schema, []);
}

const definitionOf = ({ _def }: ZodSchema) => _def as ZodDefinition;

/** Converts a schema; a recursive one is cut where it contains itself. */
function readSchema(schema: unknown, within: unknown[]): JsonSchema {
	if (!isZod(schema) || within.includes(schema)) return {};
	const definition = definitionOf(schema);
	const read = (inner: unknown) => readSchema(inner, [...within, schema]);
	const { description } = definition;
	return {
		...READERS[definition.typeName]?.(definition, read),
		...(description && { description }),
	};
}

/** Converts a wrapper to the schema inside it. */
const inside =
	(property: string): Reader =>
	(definition, read) =>
		read(definition[property]);

const fixed =
	(schema: JsonSchema): Reader =>
	() =>
		schema;

const READERS: Record<string, Reader> = {
	ZodString: ({ checks = [] }) => Object.assign({ type: 'string' }, ...checks.map(textRule)),
	ZodNumber: ({ checks = [] }) => Object.assign({ type: 'number' }, ...checks.map(numberRule)),
	ZodBigInt: fixed({ type: 'integer' }),
	ZodBoolean: fixed({ type: 'boolean' }),
	ZodDate: fixed({ type: 'string', format: 'date-time' }),
	ZodNull: fixed({ type: 'null' }),
	ZodNever: fixed({ not: {} }),
	ZodLiteral: ({ value }) => (value === undefined ? {} : { const: value }),
	ZodEnum: ({ values }) => ({ type: 'string', enum: values }),
	ZodNativeEnum: ({ values }) => ({ enum: valuesOfEnum(values as Record<string, unknown>) }),
	ZodObject: readObject,
	ZodRecord: ({ valueType }, read) => ({ type: 'object', additionalProperties: read(valueType) }),
	ZodArray: ({ type, minLength, maxLength, exactLength }, read) => ({
		type: 'array',
		items: read(type),
		...limits('minItems', exactLength ?? minLength),
		...limits('maxItems', exactLength ?? maxLength),
	}),
	ZodSet: ({ valueType }, read) => ({ type: 'array', uniqueItems: true, items: read(valueType) }),
	ZodTuple: readTuple,
	ZodUnion: ({ options }, read) => ({ anyOf: [...(options as unknown[])].map(read) }),
	ZodDiscriminatedUnion: ({ options }, read) => ({
		anyOf: [...(options as Map<unknown, unknown>).values()].map(read),
	}),
	ZodIntersection: ({ left, right }, read) => ({ allOf: [read(left), read(right)] }),
	ZodNullable: ({ innerType }, read) => ({ anyOf: [read(innerType), { type: 'null' }] }),
	ZodOptional: inside('innerType'),
	ZodDefault: ({ innerType, defaultValue }, read) => ({
		...read(innerType),
		default: (defaultValue as () => unknown)(),
	}),
	ZodCatch: fixed({}),
	ZodReadonly: inside('innerType'),
	ZodBranded: inside('type'),
	ZodPromise: inside('type'),
	ZodPipeline: inside('in'),
	ZodEffects: (definition, read) =>
		(definition.effect as { type: string }).type === 'preprocess' ? {} : read(definition.schema),
	ZodLazy: ({ getter }, read) => read((getter as () => unknown)()),
};

const FORMATS: Record<string, string> = { email: 'email', url: 'uri', uuid: 'uuid' };

function textRule({ kind, value, regex }: Check): JsonSchema {
	switch (kind) {
		case 'min':
			return { minLength: value };
		case 'max':
			return { maxLength: value };
		case 'length':
			return { minLength: value, maxLength: value };
		case 'regex':
			return regex && !regex.flags ? { pattern: regex.source } : {};
		default:
			return FORMATS[kind] ? { format: FORMATS[kind] } : {};
	}
}

function numberRule({ kind, value, inclusive }: Check): JsonSchema {
	switch (kind) {
		case 'int':
			return { type: 'integer' };
		case 'min':
			return inclusive ? { minimum: value } : { exclusiveMinimum: value };
		case 'max':
			return inclusive ? { maximum: value } : { exclusiveMaximum: value };
		case 'multipleOf':
			return { multipleOf: value };
		default:
			return {};
	}
}

function readObject(
	{ shape, unknownKeys, catchall }: ZodDefinition,
	read: (s: unknown) => JsonSchema,
) {
	const entries = Object.entries((shape as () => Record<string, ZodSchema>)());
	const required = entries.filter(([, schema]) => !isOptional(schema)).map(([name]) => name);
	const others =
		isZod(catchall) && definitionOf(catchall).typeName !== 'ZodNever' ? read(catchall) : null;
	return {
		type: 'object',
		properties: Object.fromEntries(entries.map(([name, schema]) => [name, read(schema)])),
		...(required.length && { required }),
		...(others
			? { additionalProperties: others }
			: unknownKeys === 'strict' && { additionalProperties: false }),
	};
}

/** Whether a property is optional: whether its schema accepts `undefined`. */
function isOptional(schema: ZodSchema): boolean {
	const { safeParse } = schema as ZodSchema & {
		safeParse?: (value: unknown) => { success: boolean };
	};
	try {
		return safeParse?.call(schema, undefined).success === true;
	} catch {
		// A refinement that throws for `undefined`, or is asynchronous.
		return false;
	}
}

function readTuple({ items, rest }: ZodDefinition, read: (schema: unknown) => JsonSchema) {
	const entries = items as unknown[];
	return {
		type: 'array',
		minItems: entries.length,
		items: { anyOf: [...entries, ...(rest ? [rest] : [])].map(read) },
		...(!rest && { maxItems: entries.length }),
	};
}

const limits = (name: string, limit: unknown): JsonSchema =>
	limit ? { [name]: (limit as { value: number }).value } : {};

/** The values of an enum; TypeScript's numeric enums also contain the reverse mapping. */
function valuesOfEnum(object: Record<string, unknown>): unknown[] {
	const names = Object.keys(object).filter(
		(name) => typeof object[String(object[name])] !== 'number',
	);
	return [...new Set(names.map((name) => object[name]))];
}
