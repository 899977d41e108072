import fc from 'fast-check';
import { toParameterFields } from '../../../../nodes/shared/parameters/parameterFields';
import { sanitizeSchema } from '../../../../nodes/shared/schema/sanitize';
import { findProblem } from '../../../../nodes/shared/schema/validate';
import type { JsonSchema, ObjectSchema } from '../../../../nodes/shared/schema/jsonSchema';

test('keywords of a form that JSON Schema does not know are dropped, the others kept', () => {
	const schema = {
		type: 'object',
		properties: {
			address: { type: 'object', required: true, minProperties: 1 },
			kind: { enum: 'x', type: 'string' },
			nothing: null,
			untyped: { type: 'any', enum: [] },
			typeless: { type: [] },
			anything: true,
			forbidden: false,
			choice: { anyOf: [true, { type: ['string', 'null'] }] },
		},
		required: ['address'],
	};
	expect(sanitizeSchema(schema as never)).toEqual({
		type: 'object',
		properties: {
			address: { type: 'object', minProperties: 1 },
			kind: { type: 'string' },
			untyped: {},
			typeless: {},
			anything: {},
			choice: { anyOf: [{}, { type: ['string', 'null'] }] },
		},
		required: ['address'],
	});
});

test('a keyword called like a property of every object is kept', () => {
	const schema = JSON.parse(
		'{"__proto__": null, "hasOwnProperty": 1, "type": "object"}',
	) as JsonSchema;
	expect(Object.entries(sanitizeSchema(schema))).toEqual(Object.entries(schema));
});

test('any value written as a schema can be used after sanitizing', () => {
	const keyword = fc.constantFrom(
		...['type', 'properties', 'required', 'enum', 'anyOf', 'oneOf', 'allOf', 'items', 'pattern'],
		...['minimum', 'maxLength', 'additionalProperties', 'const', 'title', 'nullable'],
	);
	const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => ({
		schema: fc.dictionary(
			keyword,
			fc.oneof(
				{ depthSize: 'small' },
				fc.jsonValue({ maxDepth: 2 }),
				tie('schema'),
				fc.array(tie('schema'), { maxLength: 3 }),
			),
			{ maxKeys: 4 },
		),
	}));
	fc.assert(
		fc.property(schema, fc.jsonValue({ maxDepth: 2 }), (written, value) => {
			const sound = sanitizeSchema(written);
			expect(() => findProblem(sound, value)).not.toThrow();
			const body: ObjectSchema = { properties: { a: sound }, required: [] };
			expect(() => toParameterFields(body, { taken: [] })).not.toThrow();
		}),
		{ numRuns: 2000 },
	);
});
