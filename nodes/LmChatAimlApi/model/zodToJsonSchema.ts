/** The part of a Zod 3 schema that is used here. */
interface ZodSchema {
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

/** Converts one type of schema; `convert` converts those inside it. */
type Converter = (definition: ZodDefinition, convert: Convert) => JsonSchema;
type Convert = (schema: unknown) => JsonSchema;

/**
 * The JSON Schema of the input that a Zod 3, Zod 4 or JSON Schema describes. These are told apart by form,
 * not by class, since n8n, its nodes and LangChain each have their own copy of Zod.
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
 * Converts a Zod 3 schema to the JSON Schema of its input. Refinements and transformations are left out,
 * so the result may accept more, but never less.
 */
export function zodToJsonSchema(schema: ZodSchema): JsonSchema {
	return convertSchema(schema, []);
}

const definitionOf = ({ _def }: ZodSchema) => _def as ZodDefinition;

/** Converts a schema; a recursive one is cut where it contains itself. */
function convertSchema(schema: unknown, within: unknown[]): JsonSchema {
	if (!isZod(schema) || within.includes(schema)) return {};
	const definition = definitionOf(schema);
	const convert = (inner: unknown) => convertSchema(inner, [...within, schema]);
	const { description } = definition;
	return {
		...CONVERTERS[definition.typeName]?.(definition, convert),
		...(description && { description }),
	};
}

/** Converts a wrapper to the schema inside it. */
const inside =
	(property: string): Converter =>
	(definition, convert) =>
		convert(definition[property]);

const fixed =
	(schema: JsonSchema): Converter =>
	() =>
		schema;

const CONVERTERS: Record<string, Converter> = {
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
	ZodObject: convertObject,
	ZodRecord: ({ valueType }, convert) => ({
		type: 'object',
		additionalProperties: convert(valueType),
	}),
	ZodArray: ({ type, minLength, maxLength, exactLength }, convert) => ({
		type: 'array',
		items: convert(type),
		...limits('minItems', exactLength ?? minLength),
		...limits('maxItems', exactLength ?? maxLength),
	}),
	ZodSet: ({ valueType }, convert) => ({
		type: 'array',
		uniqueItems: true,
		items: convert(valueType),
	}),
	ZodTuple: convertTuple,
	ZodUnion: ({ options }, convert) => ({ anyOf: [...(options as unknown[])].map(convert) }),
	ZodDiscriminatedUnion: ({ options }, convert) => ({
		anyOf: [...(options as Map<unknown, unknown>).values()].map(convert),
	}),
	ZodIntersection: ({ left, right }, convert) => ({ allOf: [convert(left), convert(right)] }),
	ZodNullable: ({ innerType }, convert) => ({ anyOf: [convert(innerType), { type: 'null' }] }),
	ZodOptional: inside('innerType'),
	ZodDefault: ({ innerType, defaultValue }, convert) => ({
		...convert(innerType),
		default: (defaultValue as () => unknown)(),
	}),
	ZodCatch: fixed({}),
	ZodReadonly: inside('innerType'),
	ZodBranded: inside('type'),
	ZodPromise: inside('type'),
	ZodPipeline: inside('in'),
	ZodEffects: ({ effect, schema }, convert) =>
		(effect as { type: string }).type === 'preprocess' ? {} : convert(schema),
	ZodLazy: ({ getter }, convert) => convert((getter as () => unknown)()),
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

function convertObject({ shape, unknownKeys, catchall }: ZodDefinition, convert: Convert) {
	const entries = Object.entries((shape as () => Record<string, ZodSchema>)());
	const required = entries.filter(([, schema]) => !isOptional(schema)).map(([name]) => name);
	const others =
		isZod(catchall) && definitionOf(catchall).typeName !== 'ZodNever' ? convert(catchall) : null;
	return {
		type: 'object',
		properties: Object.fromEntries(entries.map(([name, schema]) => [name, convert(schema)])),
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

function convertTuple({ items, rest }: ZodDefinition, convert: Convert) {
	const entries = items as unknown[];
	return {
		type: 'array',
		minItems: entries.length,
		items: { anyOf: [...entries, ...(rest ? [rest] : [])].map(convert) },
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
