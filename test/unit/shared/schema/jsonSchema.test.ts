import {
	acceptedTypes,
	alternatives,
	joinSchemas,
	type JsonSchema,
} from '../../../../nodes/shared/schema/jsonSchema';

describe('the alternatives of a schema', () => {
	test('a schema without alternatives is its own only alternative', () => {
		expect(alternatives({ type: 'string' })).toEqual([{ type: 'string' }]);
	});

	test('nested alternatives are flattened, each with its sibling keywords', () => {
		const schema = {
			description: 'when to stop',
			anyOf: [{ type: 'string' }, { oneOf: [{ type: 'array' }, { type: 'null' }] }],
		};
		expect(alternatives(schema)).toEqual([
			{ description: 'when to stop', type: 'string' },
			{ description: 'when to stop', type: 'array' },
			{ description: 'when to stop', type: 'null' },
		]);
	});

	test('an alternative that its sibling keywords rule out is dropped', () => {
		const anyOf = [{ type: 'string', enum: ['8000'] }, { type: 'integer' }];
		const values = { enum: [8000, 16000] };
		expect(alternatives({ anyOf, ...values })).toEqual([{ type: 'integer', ...values }]);
	});

	test('a list of types becomes one alternative per type', () => {
		const schema = { anyOf: [{ type: ['string', 'null'], maxLength: 3 }, { type: 'integer' }] };
		expect(alternatives(schema)).toEqual([
			{ type: 'string', maxLength: 3 },
			{ type: 'null', maxLength: 3 },
			{ type: 'integer' },
		]);
	});

	test('a bare `nullable` alternative means null, with or without a description', () => {
		const bare = [{ nullable: true }, { nullable: true, description: 'none' }];
		expect(alternatives({ anyOf: [{ type: 'string' }, ...bare] })).toEqual([
			{ type: 'string' },
			{ type: 'null' },
			{ type: 'null' },
		]);
	});

	test('a nullable alternative that says more stays as it is', () => {
		const anyOf = [
			{ enum: ['a'], nullable: true },
			{ description: 'anything' },
			{ nullable: false },
		];
		expect(alternatives({ anyOf })).toEqual(anyOf);
	});

	test('the parts of an allOf are merged into each alternative, whose own keywords win', () => {
		const part = { allOf: [{ type: 'string' }], maxLength: 9, default: 'a' };
		const schema = { allOf: [part, { minLength: 2 }], default: 'b' };
		const joined = { type: 'string', maxLength: 9, minLength: 2, default: 'b' };
		expect(alternatives(schema)).toEqual([joined]);
		expect(alternatives({ anyOf: [schema, { allOf: [{ type: ['integer', 'null'] }] }] })).toEqual([
			joined,
			{ type: 'integer' },
			{ type: 'null' },
		]);
	});

	test('an allOf beside alternatives and one within them are both merged', () => {
		const schema = { allOf: [{ minLength: 1 }], anyOf: [{ allOf: [{ type: 'string' }] }] };
		expect(alternatives(schema)).toEqual([{ minLength: 1, type: 'string' }]);
	});

	test('an empty list of alternatives limits nothing', () => {
		expect(alternatives({ type: 'string', anyOf: [] })).toEqual([{ type: 'string', anyOf: [] }]);
		expect(alternatives({ anyOf: [], oneOf: [{ type: 'string' }] })).toEqual([{ type: 'string' }]);
	});
});

test('joining two schemas keeps the properties and requirements of both', () => {
	expect(
		joinSchemas(
			{ properties: { a: {} }, required: ['a'], maxLength: 1 },
			{ properties: { b: {} }, required: ['a', 'b'], maxLength: 2 },
		),
	).toEqual({ properties: { a: {}, b: {} }, required: ['a', 'b'], maxLength: 2 });
});

test('joining two schemas joins the properties that both describe', () => {
	expect(
		joinSchemas(
			{ properties: { size: { type: 'integer', minimum: 1 } } },
			{ properties: { size: { maximum: 4 } } },
		),
	).toEqual({ properties: { size: { type: 'integer', minimum: 1, maximum: 4 } } });
});

test('joining two schemas takes both keywords of a bound from the second one', () => {
	expect(joinSchemas({ minimum: 1, exclusiveMinimum: true, maximum: 5 }, { minimum: 2 })).toEqual({
		minimum: 2,
		maximum: 5,
	});
});

test.each<[string, JsonSchema, string[]]>([
	['its type', { type: 'integer' }, ['integer']],
	['several types, without null', { type: ['string', 'number', 'null'] }, ['string', 'number']],
	['the types of its values', { enum: ['auto', 5, null, true] }, ['string', 'number', 'boolean']],
	['the type of its constant', { const: 'x' }, ['string']],
	['properties', { properties: { a: {} } }, ['object']],
	['items', { items: {} }, ['array']],
	['its parts', { allOf: [{ type: 'string' }, { maxLength: 3 }] }, ['string']],
	[
		'its alternatives',
		{ anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'null' }] },
		['string', 'array'],
	],
	['nothing', { description: 'anything' }, []],
])('the types that a schema accepts are read from %s', (_, schema, types) => {
	expect([...acceptedTypes(schema)]).toEqual(types);
});
