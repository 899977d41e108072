/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { z, type ZodTypeAny } from 'zod';
import {
	isZod,
	toJsonSchema,
	zodToJsonSchema,
} from '../../../../nodes/LmChatAimlApi/model/zodToJsonSchema';

const ajv = addFormats(new Ajv({ strict: false }));

/** Zod schemas that JSON Schema can fully express, nested up to three levels deep. */
const { schema: anySchema } = fc.letrec<{ schema: ZodTypeAny; leaf: ZodTypeAny }>((tie) => ({
	leaf: fc.constantFrom<ZodTypeAny>(
		z.string(),
		z.string().min(1).max(2),
		z.string().regex(/^a/),
		z.number(),
		z.number().int().min(0).lt(2),
		z.boolean(),
		z.null(),
		z.literal('a'),
		z.literal(1),
		z.enum(['a', 'b']),
		z.nativeEnum({ One: 1, Text: 'a', 1: 'One' } as const),
		z.any(),
		z.never(),
	),
	schema: fc.oneof(
		{ maxDepth: 3 },
		tie('leaf'),
		tie('schema').map((inner) => z.array(inner)),
		tie('schema').map((inner) => z.array(inner).min(1).max(2)),
		tie('schema').map((inner) => inner.nullable()),
		tie('schema').map((inner) => z.record(inner)),
		tie('schema').map((inner) => inner.describe('described').readonly()),
		tie('schema').map((inner) => inner.brand('branded')),
		tie('schema').map((inner) => z.lazy(() => inner)),
		fc.tuple(tie('schema'), tie('schema')).map(([one, other]) => z.union([one, other])),
		fc
			.tuple(tie('schema'), tie('schema'))
			.map(([a, b]) => z.object({ a, b: b.optional() }).strict()),
		tie('schema').map((a) => z.object({ a }).passthrough()),
		tie('schema').map((a) => z.object({ a: a.optional() }).catchall(z.number())),
		fc
			.tuple(tie('schema'), tie('schema'))
			.map(([a, b]) =>
				z.discriminatedUnion('kind', [
					z.object({ kind: z.literal('a'), a }),
					z.object({ kind: z.literal('b'), b }),
				]),
			),
	),
}));

const values = fc.oneof(
	fc.constantFrom<unknown>('', 'a', 'ab', 'abc', 'One', 0, 1, 2, 3, -1, 0.5, true, null),
	fc.jsonValue({ maxDepth: 2 }),
	fc.array(fc.constantFrom<unknown>('a', 1, null), { maxLength: 3 }),
	fc.dictionary(
		fc.constantFrom('a', 'b', 'kind', 'other'),
		fc.constantFrom<unknown>('a', 'b', 1, 2, null, ['a'], { a: 'a' }),
	),
);

test('the JSON Schema accepts exactly what the Zod schema accepts', () => {
	fc.assert(
		fc.property(anySchema, fc.array(values, { minLength: 20, maxLength: 20 }), (schema, given) => {
			const isValid = ajv.compile(zodToJsonSchema(schema));
			for (const value of given) expect(isValid(value)).toBe(schema.safeParse(value).success);
		}),
		{ numRuns: 150 },
	);
});

describe('what JSON Schema cannot express', () => {
	test('refinements and transformations are left out', () => {
		const refined = z.string().refine((text) => text !== 'a');
		const transformed = z.string().transform((text) => text.length);
		expect(zodToJsonSchema(refined)).toEqual({ type: 'string' });
		expect(zodToJsonSchema(transformed)).toEqual({ type: 'string' });
	});

	test('a preprocessed value, or one with a fallback, may be anything', () => {
		expect(zodToJsonSchema(z.preprocess(Number, z.number()))).toEqual({});
		expect(zodToJsonSchema(z.number().catch(1))).toEqual({});
	});

	test('a recursive schema is cut where it contains itself', () => {
		interface Tree {
			children: Tree[];
		}
		const tree: z.ZodType<Tree> = z.object({ children: z.array(z.lazy(() => tree)) });
		expect(zodToJsonSchema(tree)).toEqual({
			type: 'object',
			properties: { children: { type: 'array', items: {} } },
			required: ['children'],
		});
	});
});

test('descriptions, defaults and formats are kept', () => {
	const schema = z.object({
		mail: z.string().email().describe('Where to'),
		copies: z.number().int().multipleOf(2).default(2).describe('How many'),
		when: z.date(),
		both: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
		pair: z.tuple([z.string(), z.number()]),
	});
	expect(zodToJsonSchema(schema)).toEqual({
		type: 'object',
		properties: {
			mail: { type: 'string', format: 'email', description: 'Where to' },
			copies: { type: 'integer', multipleOf: 2, default: 2, description: 'How many' },
			when: { type: 'string', format: 'date-time' },
			both: {
				allOf: [
					{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
					{ type: 'object', properties: { b: { type: 'string' } }, required: ['b'] },
				],
			},
			pair: {
				type: 'array',
				minItems: 2,
				maxItems: 2,
				items: { anyOf: [{ type: 'string' }, { type: 'number' }] },
			},
		},
		required: ['mail', 'when', 'both', 'pair'],
	});
});

test('a schema of Zod 4 is converted to the JSON Schema of its input', () => {
	// LangChain has its own Zod 4.
	const ofLangChain = createRequire(require.resolve('@langchain/core/messages'));
	const four = (ofLangChain('zod') as typeof import('zod')).z;
	const schema = four.object({ days: four.number().default(3), when: four.date() });
	expect(isZod(schema)).toBe(false);
	expect(toJsonSchema(schema)).toMatchObject({
		type: 'object',
		properties: { days: { type: 'number', default: 3 }, when: {} },
		required: ['when'],
	});
});

test('a JSON Schema stays as it is, and a missing schema becomes an empty one', () => {
	const schema = { type: 'object', properties: { city: { type: 'string' } } };
	expect(toJsonSchema(schema)).toBe(schema);
	expect(toJsonSchema(undefined)).toEqual({});
});

test('a JSON Schema is not mistaken for a Zod schema', () => {
	expect(isZod({ type: 'object', properties: {} })).toBe(false);
	expect(isZod(undefined)).toBe(false);
});
