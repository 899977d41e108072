import {
	toParameterFields,
	toParameterLabel,
} from '../../../../nodes/shared/parameters/parameterFields';
import type { JsonSchema } from '../../../../nodes/shared/schema/jsonSchema';

const fieldOf = (schema: JsonSchema, required: string[] = []) =>
	toParameterFields({ properties: { the_field: schema }, required }, { taken: [] })[0];

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
])('a parameter becomes a field of the right type: %s', (_, schema, type) => {
	const field = fieldOf(schema);
	expect(field.type).toBe(type);
	expect(field.options).toBeUndefined();
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
	])('a parameter becomes a dropdown: %s', (_, schema, values) => {
		expect(fieldOf(schema).type).toBe('options');
		expect(choices(schema)).toEqual(values);
	});

	test('a parameter becomes no dropdown when one alternative accepts any text', () => {
		expect(fieldOf({ anyOf: [{ enum: ['alloy'] }, { type: 'string' }] }).type).toBe('string');
	});

	test('the entries of a dropdown are named like their values', () => {
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
		[
			'the range of the alternative that has one',
			{ anyOf: [{ enum: ['auto'] }, { type: 'integer', minimum: 3 }] },
			'The Field (from 3)',
		],
	])('the label of a field has %s', (_, schema, label) => {
		expect(fieldOf(schema).displayName).toBe(label);
	});

	test('a label leaves out a range that would make it too long for the editor', () => {
		const properties = { max_completion_tokens: { type: 'integer', minimum: 1 } };
		const [{ displayName }] = toParameterFields({ properties, required: [] }, { taken: [] });
		expect(displayName).toBe('Max Completion Tokens');
	});
});

test.each<[string, JsonSchema, unknown]>([
	['a switch, at its documented default', { type: 'boolean', default: true }, true],
	['a switch without a default, off, as the editor does', { type: 'boolean' }, undefined],
	['a switch that can only be on, on', { type: 'boolean', enum: [true] }, true],
	['a number, at its documented default', { type: 'integer', default: 0 }, 0],
	['a number without a default, empty', { type: 'number' }, undefined],
	['a dropdown, at its documented default', { enum: ['a', 'b'], default: 'b' }, 'b'],
	['a dropdown whose default is no value of it, open', { enum: ['a'], default: 'z' }, undefined],
	['text, at its documented default', { type: 'string', default: 'mp3' }, 'mp3'],
	['a list, at its documented default as JSON', { type: 'array', default: ['a'] }, '["a"]'],
	['a list without a default, empty and valid', { type: 'array' }, '[]'],
	['an object without a default, empty and valid', { type: 'object' }, '{}'],
	[
		'an object, at its documented default as JSON',
		{ properties: {}, default: { a: 1 } },
		'{"a":1}',
	],
	['text or a number, at its default as text', { type: ['string', 'number'], default: 5 }, '5'],
	['empty where the default is null', { type: 'string', nullable: true, default: null }, undefined],
	[
		'at the default that stands in an alternative',
		{ anyOf: [{ type: 'integer', default: 4 }, { type: 'null' }] },
		4,
	],
])('a field that is added opens %s', (_, schema, value) => {
	expect(fieldOf(schema).defaultValue).toBe(value);
});

describe('a parameter that cannot do anything is not offered:', () => {
	const offered = (
		properties: Record<string, JsonSchema>,
		hasFiles = true,
		required: string[] = [],
	) => toParameterFields({ properties, required }, { taken: [], hasFiles }).map(({ id }) => id);

	test('streaming is not offered, since the node has an option for it', () => {
		expect(offered({ stream: {}, stream_options: {}, seed: {} })).toEqual(['seed']);
	});

	test('streaming that the model requires is offered', () => {
		expect(offered({ stream: {} }, true, ['stream'])).toEqual(['stream']);
	});

	test("a parameter that only accepts a file is not offered beside 'Files'", () => {
		const url = { type: 'string', format: 'uri' };
		const properties: Record<string, JsonSchema> = {
			image_url: url,
			image_urls: { type: 'array', items: url },
			mask: { anyOf: [url, { type: 'null' }] },
			document: {
				anyOf: [
					{ properties: { type: { enum: ['document_url'] }, document_url: url } },
					{ properties: { type: { const: 'image_url' }, image_url: url } },
				],
			},
			strength: { type: 'number' },
		};
		expect(offered(properties)).toEqual(['strength']);
		expect(offered(properties, false)).toHaveLength(5);
	});

	test('a parameter that accepts a file or something else is offered', () => {
		const url = { type: 'string', format: 'uri' };
		const properties: Record<string, JsonSchema> = {
			voice_url: { anyOf: [url, { type: 'object', properties: { name: { type: 'string' } } }] },
			elements: {
				type: 'array',
				items: { properties: { image_url: url, weight: { type: 'number' } } },
			},
		};
		expect(offered(properties)).toEqual(['voice_url', 'elements']);
	});
});

test('the label of a parameter is in title case with known abbreviations', () => {
	const names = ['max_tokens', 'n', 'top_p', 'webSearch', 'voice_id', 'image_urls', 'redact_pii'];
	expect(names.map(toParameterLabel)).toEqual([
		'Max Tokens',
		'N',
		'Top P',
		'WebSearch',
		'Voice ID',
		'Image URLs',
		'Redact PII',
	]);
});

test('required parameters come first, the others as the model documents them', () => {
	const properties = { b: {}, a: {}, needed: {}, c: {} };
	const fields = toParameterFields({ properties, required: ['needed'] }, { taken: [] });
	expect(fields.map(({ id, required }) => [id, required])).toEqual([
		['needed', true],
		['b', false],
		['a', false],
		['c', false],
	]);
});

test('properties that have a field of their own in the node are not offered again', () => {
	const properties = { model: {}, messages: {}, temperature: {} };
	const fields = toParameterFields(
		{ properties, required: ['model'] },
		{ taken: ['model', 'messages'] },
	);
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
