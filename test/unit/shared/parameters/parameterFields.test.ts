import {
	parameterFields,
	parameterName,
} from '../../../../nodes/shared/parameters/parameterFields';
import type { JsonSchema } from '../../../../nodes/shared/schema/jsonSchema';

const fieldOf = (schema: JsonSchema, required: string[] = []) =>
	parameterFields({ properties: { the_field: schema }, required }, [])[0];

describe('a parameter becomes a field of the right type', () => {
	test.each<[string, JsonSchema, string]>([
		['text', { type: 'string' }, 'string'],
		['a number', { type: 'number' }, 'number'],
		['a whole number', { type: 'integer', minimum: 1 }, 'number'],
		['a number that may be whole', { anyOf: [{ type: 'number' }, { type: 'integer' }] }, 'number'],
		['yes or no', { type: 'boolean' }, 'boolean'],
		['a list', { type: 'array', items: { type: 'string' } }, 'array'],
		['an object', { type: 'object', properties: {} }, 'object'],
		['an object told by its properties', { properties: { a: {} } }, 'object'],
		['text that may be null', { type: 'string', nullable: true }, 'string'],
		['a number that may be null', { type: ['number', 'null'] }, 'number'],
		['a list or null', { anyOf: [{ type: 'array' }, { type: 'null' }] }, 'array'],
		[
			'text or a list, entered as text',
			{ anyOf: [{ type: 'string' }, { type: 'array' }, { nullable: true }] },
			'string',
		],
		[
			'values to choose from or an object, entered as text',
			{ oneOf: [{ enum: ['auto'] }, { type: 'object' }] },
			'string',
		],
		['only true', { type: 'boolean', enum: [true] }, 'boolean'],
		['only false', { const: false }, 'boolean'],
		['anything, entered as text', {}, 'string'],
		['objects to choose from, entered as JSON', { enum: [{ type: 'auto' }] }, 'object'],
	])('%s', (_, schema, type) => {
		const field = fieldOf(schema);
		expect(field.type).toBe(type);
		expect(field.options).toBeUndefined();
	});
});

describe('a parameter becomes a dropdown', () => {
	const choices = (schema: JsonSchema) => fieldOf(schema).options?.map(({ value }) => value);

	test.each<[string, JsonSchema, unknown[]]>([
		['of texts', { type: 'string', enum: ['low', 'high'] }, ['low', 'high']],
		['of numbers, which stay numbers', { type: 'integer', enum: [5, 10] }, [5, 10]],
		['of texts and numbers', { enum: ['auto', 5] }, ['auto', 5]],
		['of a single value', { const: 'wav' }, ['wav']],
		['without null', { enum: ['low', null], nullable: true }, ['low']],
		[
			'of all alternatives',
			{ anyOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
			['a', 'b', 'c'],
		],
		['beside an alternative that is null', { anyOf: [{ enum: ['a'] }, { type: 'null' }] }, ['a']],
		['beside a bare nullable', { anyOf: [{ enum: ['a'] }, { nullable: true }] }, ['a']],
		['of values that a part lists', { allOf: [{ enum: ['a', 'b'] }], default: 'a' }, ['a', 'b']],
		['of a choice beside yes or no', { enum: ['auto', true, false] }, ['auto', true, false]],
	])('%s', (_, schema, values) => {
		expect(fieldOf(schema).type).toBe('options');
		expect(choices(schema)).toEqual(values);
	});

	test('not when one alternative takes any text', () => {
		expect(fieldOf({ anyOf: [{ enum: ['alloy'] }, { type: 'string' }] }).type).toBe('string');
	});

	test('whose entries are named like their values', () => {
		expect(fieldOf({ enum: ['1080p', 5] }).options).toEqual([
			{ name: '1080p', value: '1080p' },
			{ name: '5', value: 5 },
		]);
	});
});

describe('the label of a field', () => {
	test.each<[string, JsonSchema, string]>([
		['its name', {}, 'The Field'],
		['its range', { type: 'number', minimum: 0, maximum: 2 }, 'The Field (0 to 2)'],
		['its lower bound', { type: 'integer', minimum: 1 }, 'The Field (from 1)'],
		['an open bound', { type: 'number', exclusiveMinimum: 0 }, 'The Field (above 0)'],
		['its default', { type: 'boolean', default: false }, 'The Field (default false)'],
		[
			'range and default',
			{ type: 'number', maximum: 1, default: 0 },
			'The Field (up to 1, default 0)',
		],
		[
			'the range of the alternative that has one',
			{ anyOf: [{ enum: ['auto'] }, { type: 'integer', minimum: 3 }] },
			'The Field (from 3)',
		],
	])('tells %s', (_, schema, label) => {
		expect(fieldOf(schema).displayName).toBe(label);
	});

	test('tells a default of up to thirty characters', () => {
		const value = 'x'.repeat(30);
		expect(fieldOf({ default: value }).displayName).toBe(`The Field (default ${value})`);
	});

	test.each([[{ a: 1 }], [null], [''], ['x'.repeat(31)], [[]]])(
		'is silent about the default %j',
		(value) => {
			expect(fieldOf({ default: value }).displayName).toBe('The Field');
		},
	);
});

test('a parameter is named as people write it', () => {
	expect(['max_tokens', 'n', 'top_p', 'webSearch'].map(parameterName)).toEqual([
		'Max Tokens',
		'N',
		'Top P',
		'WebSearch',
	]);
});

test('required parameters come first, the others as the model documents them', () => {
	const properties = { b: {}, a: {}, needed: {}, c: {} };
	const fields = parameterFields({ properties, required: ['needed'] }, []);
	expect(fields.map(({ id, required }) => [id, required])).toEqual([
		['needed', true],
		['b', false],
		['a', false],
		['c', false],
	]);
});

test('properties that have a field of their own in the node are not offered again', () => {
	const properties = { model: {}, messages: {}, temperature: {} };
	const fields = parameterFields({ properties, required: ['model'] }, ['model', 'messages']);
	expect(fields.map(({ id }) => id)).toEqual(['temperature']);
});

test('a field is sent under the name that the model documents', () => {
	expect(fieldOf({ type: 'string' }, ['the_field'])).toEqual({
		id: 'the_field',
		displayName: 'The Field',
		type: 'string',
		required: true,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
	});
});
