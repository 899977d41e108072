import Ajv from 'ajv';
import fc from 'fast-check';
import { findProblem } from '../../../../nodes/shared/schema/validate';
import { type JsonSchema } from '../../../../nodes/shared/schema/jsonSchema';
import { isRecord } from '../../../../nodes/shared/json';

/**
 * `findProblem` compared with Ajv: random schemas of the keywords that it knows, and values near them.
 * Its documented exceptions are left out: `oneOf` counts as `anyOf`, an alternative wins over
 * contradicting keywords beside it, and null that a schema allows itself is not checked against its
 * `allOf`.
 */
const ajv = new Ajv({ strict: false, logger: false });
const isValid = (schema: JsonSchema, value: unknown) => ajv.compile(forAjv(schema))(value);

/** The same schema in JSON Schema draft 7, which has no `nullable`. */
function forAjv(schema: JsonSchema): JsonSchema {
	const { nullable, oneOf, ...rest } = schema;
	const entries = Object.entries(oneOf ? { ...rest, anyOf: oneOf } : rest);
	const plain: JsonSchema = Object.fromEntries(
		entries.map(([keyword, value]) => [keyword, convertKeyword(keyword, value)]),
	);
	for (const [open, bound] of [
		['exclusiveMinimum', 'minimum'],
		['exclusiveMaximum', 'maximum'],
	]) {
		if (plain[open] === true) plain[open] = plain[bound];
		if (plain[open] === false) delete plain[open];
	}
	return nullable ? { anyOf: [plain, { type: 'null' }] } : plain;
}

/** As an alternative, a bare `nullable` means null, not anything. */
const forAjvAsAlternative = (schema: JsonSchema) =>
	Object.keys(schema).join() === 'nullable' ? { type: 'null' } : forAjv(schema);

function convertKeyword(keyword: string, value: unknown): unknown {
	if (keyword === 'allOf') return (value as JsonSchema[]).map(forAjv);
	if (keyword === 'anyOf') return (value as JsonSchema[]).map(forAjvAsAlternative);
	if (keyword === 'properties') {
		const properties = Object.entries(value as Record<string, JsonSchema>);
		return Object.fromEntries(properties.map(([name, property]) => [name, forAjv(property)]));
	}
	return /^(items|additionalProperties)$/.test(keyword) && isRecord(value) ? forAjv(value) : value;
}

const NAMES = ['a', 'b', 'c'];
const NUMBERS = [-1, 0, 0.5, 1, 2, 3, 5, 10];
const TEXTS = ['', 'a', 'b', 'ab', 'abc', 'ä🦜', '1'];
const number = fc.constantFrom(...NUMBERS);
const text = fc.constantFrom(...TEXTS);
const size = fc.constantFrom(0, 1, 2, 3);
const scalar = fc.oneof(number, text, fc.boolean(), fc.constant(null));

/** Some of these keywords. */
const some = <T>(keywords: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
	fc.record(keywords, { requiredKeys: [] });

const nullable = fc.constant(true);
const ordered = (low: string, high: string, from: fc.Arbitrary<number>) =>
	some({ [low]: from, [high]: from });

const numeric: fc.Arbitrary<JsonSchema> = fc
	.tuple(
		fc.constantFrom('number', 'integer'),
		ordered('minimum', 'maximum', number),
		some({ exclusiveMinimum: fc.oneof(fc.boolean(), number) }),
		some({ exclusiveMaximum: fc.oneof(fc.boolean(), number) }),
		some({ multipleOf: fc.constantFrom(0.5, 1, 2), nullable }),
	)
	.map(([type, bounds, above, below, rest]) => {
		const schema: JsonSchema = { type, ...bounds, ...above, ...below, ...rest };
		if (schema.minimum === undefined && schema.exclusiveMinimum === true)
			delete schema.exclusiveMinimum;
		if (schema.maximum === undefined && schema.exclusiveMaximum === true)
			delete schema.exclusiveMaximum;
		return schema;
	});

const textual: fc.Arbitrary<JsonSchema> = fc
	.tuple(
		ordered('minLength', 'maxLength', size),
		some({ pattern: fc.constantFrom('^a', 'b$', '^[a-c]*$', '^\\p{L}'), nullable }),
	)
	.map(([lengths, rest]) => ({ type: 'string', ...lengths, ...rest }));

const listed: fc.Arbitrary<JsonSchema> = fc.oneof(
	fc.record({ enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }) }),
	fc.record({
		enum: fc.uniqueArray(text, { minLength: 1 }),
		type: fc.constant('string'),
		nullable,
	}),
	fc.record({ const: scalar }),
);

const simple: fc.Arbitrary<JsonSchema> = fc.oneof(
	numeric,
	textual,
	listed,
	fc.record({ type: fc.constantFrom('boolean', 'null', 'object', 'array') }),
	fc.record({
		type: fc.uniqueArray(fc.constantFrom('string', 'integer', 'number', 'null', 'object'), {
			minLength: 1,
		}),
	}),
	fc.constant({}),
);

const namesNull = ({ type, enum: values, const: only }: JsonSchema) =>
	[type].flat().includes('null') || values?.includes(null) || only === null;

/** Random schemas; alternatives get the keywords of `beside` beside them. */
const schemas = (beside: fc.Arbitrary<JsonSchema>) =>
	fc.letrec<{
		schema: JsonSchema;
		list: JsonSchema;
		object: JsonSchema;
		union: JsonSchema;
		all: JsonSchema;
	}>((tie) => ({
		schema: fc.oneof(
			{ maxDepth: 3, withCrossShrink: true },
			simple,
			tie('object'),
			tie('list'),
			tie('union'),
			tie('all'),
		),
		list: fc
			.tuple(some({ items: tie('schema'), nullable }), ordered('minItems', 'maxItems', size))
			.map(([about, sizes]) => ({ type: 'array', ...about, ...sizes })),
		object: some<JsonSchema>({
			type: fc.constant('object'),
			properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3 }),
			required: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
			additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
			nullable,
		}),
		union: fc
			.tuple(
				fc.constantFrom('anyOf', 'oneOf'),
				fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
				beside,
			)
			.map(([keyword, branches, keywords]) => ({ ...keywords, [keyword]: branches })),
		all: fc
			.tuple(
				fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
				simple.filter((own) => !namesNull(own)),
			)
			.map(([allOf, own]) => ({ ...own, allOf })),
	})).schema;

/** Values that follow a schema, or miss it narrowly. */
function near(schema: JsonSchema): fc.Arbitrary<unknown> {
	const branches = schema.anyOf ?? schema.oneOf ?? schema.allOf;
	if (branches?.length) return fc.oneof(...branches.map(near));
	if (schema.enum?.length) return fc.constantFrom(...schema.enum);
	if (schema.const !== undefined) return fc.constant(schema.const);
	switch ([schema.type].flat()[0]) {
		case 'array':
			return fc.array(near(schema.items ?? {}), { maxLength: 4 });
		case 'string':
			return text;
		case 'number':
		case 'integer':
			return number;
	}
	if (!schema.properties) return anything;
	const properties = Object.entries(schema.properties).map(([name, own]) => [name, near(own)]);
	return fc
		.tuple(
			fc.record(Object.fromEntries(properties) as Record<string, fc.Arbitrary<unknown>>, {
				requiredKeys: [],
			}),
			fc.dictionary(fc.constantFrom(...NAMES), scalar, { maxKeys: 1 }),
		)
		.map(([own, more]) => ({ ...more, ...own }));
}

const anything = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 2 },
		scalar,
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(fc.constantFrom(...NAMES, 'd'), tie('value'), { maxKeys: 3 }),
	),
})).value;

const withValue = (schema: fc.Arbitrary<JsonSchema>) =>
	schema.chain((one) => fc.tuple(fc.constant(one), fc.oneof(near(one), near(one), anything)));

const ROUNDS = { numRuns: 300 };

test('the validator refuses nothing that Ajv accepts, even with keywords beside alternatives', () => {
	const beside = fc.oneof(
		numeric,
		textual,
		listed,
		some<JsonSchema>({
			properties: fc.dictionary(fc.constantFrom(...NAMES), simple),
			required: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
			additionalProperties: fc.boolean(),
			nullable,
		}),
	);
	fc.assert(
		fc.property(withValue(schemas(beside)), ([schema, value]) => {
			if (findProblem(schema, value)) expect(isValid(schema, value)).toBe(false);
		}),
		ROUNDS,
	);
});

test('the validator refuses exactly what Ajv refuses, with the right path', () => {
	fc.assert(
		fc.property(withValue(schemas(fc.constant({}))), ([schema, value]) => {
			const problem = findProblem(schema, value);
			expect(problem === undefined).toBe(isValid(schema, value));
			if (problem) expect(problem.received).toBe(valueAt(value, problem.path));
		}),
		ROUNDS,
	);
});

const valueAt = (value: unknown, path: string[]): unknown =>
	path.reduce((node, step) => (node as Record<string, unknown>)[step], value);
