import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { sampleFromSchema } from '../../../sandbox/answers/sampleFromSchema';
import type { Schema } from '../../../sandbox/schema/openapi';

const ajv = addFormats(new Ajv({ strict: false }));
const text =
	'Order 4711 of 2026-03-02 for ada@example.org costs 19.5 EUR. It is urgent, see https://example.org/a.';

function expectFit(schema: Schema, value: unknown): void {
	ajv.validate(schema, value);
	expect([value, ajv.errors]).toEqual([value, null]);
}

describe('a sample from a text', () => {
	test.each<[string, Schema, unknown]>([
		['the enum value that it has most often', { enum: ['usd', 'eur', 'yen'] }, 'eur'],
		['a number in range', { type: 'number', minimum: 10, maximum: 20 }, 19.5],
		['an integer', { type: 'integer', minimum: 4000 }, 4711],
		['a date', { type: 'string', format: 'date' }, '2026-03-02'],
		['an e-mail address', { type: 'string', format: 'email' }, 'ada@example.org'],
		['an address', { type: 'string', format: 'uri' }, 'https://example.org/a'],
		['a word that fits a pattern', { type: 'string', pattern: '^\\d{4}$' }, '4711'],
		['its first sentence', { type: 'string', maxLength: 10 }, 'Order 4711'],
		['the items that it has', { type: 'array', items: { enum: ['urgent', 'late'] } }, ['urgent']],
		[
			'whether it has the name of a flag',
			{ type: 'object', properties: { urgent: { type: 'boolean' }, paid: { type: 'boolean' } } },
			{ urgent: true, paid: false },
		],
	])('a sample takes from the text %s', (_, schema, expected) => {
		const value = sampleFromSchema(schema, text);
		expectFit(schema, value);
		expect(value).toEqual(expected);
	});
});

test('a number is sampled from a schema with an ID or of an older draft, more than once', () => {
	const schema = { $id: 'amount', type: 'number', minimum: 20, exclusiveMinimum: true };
	expect([schema, { ...schema }].map((one) => sampleFromSchema(one, text))).toEqual([4711, 4711]);
});

describe('a sample for a schema', () => {
	test.each<[string, Schema]>([
		['enum without a mention', { enum: ['x1', 'x2'] }],
		['const', { const: 7 }],
		['exclusive bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }],
		['negative bounds', { type: 'integer', minimum: -9, maximum: -5 }],
		['multipleOf', { type: 'integer', minimum: 101, multipleOf: 25 }],
		['a shortest text', { type: 'string', minLength: 150 }],
		[
			'formats that the text does not contain',
			{
				type: 'object',
				properties: {
					id: { format: 'uuid', type: 'string' },
					at: { format: 'date-time', type: 'string' },
				},
				required: ['id', 'at'],
			},
		],
		['a shortest list', { type: 'array', items: { type: 'integer' }, minItems: 3 }],
		[
			'a shortest list of distinct enum values',
			{ type: 'array', items: { enum: ['a1', 'b1', 'c1'] }, minItems: 2, uniqueItems: true },
		],
		['an empty list', { type: 'array', items: {}, maxItems: 0 }],
		['alternatives', { anyOf: [{ type: 'null' }, { type: 'integer', minimum: 3 }] }],
		['a nullable type', { type: ['null', 'string'] }],
		[
			'a part of all',
			{
				allOf: [
					{ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
					{ type: 'object', properties: { b: { type: 'null' } }, required: ['b'] },
				],
			},
		],
		['a required property without a schema', { type: 'object', required: ['x'] }],
		[
			'references',
			{
				$defs: { n: { type: 'integer' } },
				type: 'object',
				properties: { n: { $ref: '#/$defs/n' } },
				required: ['n'],
			},
		],
		[
			'a tree',
			{
				type: 'object',
				properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } },
				required: ['name', 'children'],
				additionalProperties: false,
			},
		],
		['nothing in particular', {}],
	])('a sample fits %s', (_, schema) => {
		expectFit(schema, sampleFromSchema(schema, text));
	});

	test('a sample fits any object of bounded numbers, texts and enums, whatever the text', () => {
		const integer = fc
			.tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(1000))
			.map(([minimum, span]) => ({ type: 'integer', minimum, maximum: minimum + span }));
		const string = fc
			.tuple(fc.nat(50), fc.nat(50))
			.map(([minLength, more]) => ({ type: 'string', minLength, maxLength: minLength + more }));
		const choice = fc
			.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 })
			.map((values) => ({ enum: values }));
		const properties = fc.dictionary(
			fc.stringMatching(/^[a-z]{1,8}$/),
			fc.oneof(integer, string, choice),
			{ noNullPrototype: true },
		);
		fc.assert(
			fc.property(properties, fc.string(), (made, anyText) => {
				const schema = { type: 'object', properties: made, required: Object.keys(made) };
				return ajv.validate(schema, sampleFromSchema(schema, anyText));
			}),
		);
	});
});
