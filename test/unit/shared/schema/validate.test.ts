import { describe as describeSchema, findProblem } from '../../../../nodes/shared/schema/validate';
import type { JsonSchema } from '../../../../nodes/shared/schema/jsonSchema';

const expectedOf = (schema: JsonSchema, value: unknown) => findProblem(schema, value)?.expected;

describe('what a refused value should have been', () => {
	test.each<[string, JsonSchema, unknown, string]>([
		['both bounds', { type: 'number', minimum: 0, maximum: 2 }, 3, 'a number between 0 and 2'],
		['a lower bound', { type: 'integer', minimum: 1 }, 0, 'a whole number of at least 1'],
		['an upper bound', { type: 'number', maximum: 1 }, 2, 'a number of up to 1'],
		['an open numeric bound', { type: 'number', exclusiveMinimum: 0 }, 0, 'a number above 0'],
		[
			'an open bound in the form of OpenAPI 3.0',
			{ type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1 },
			0,
			'a number above 0 and of up to 1',
		],
		[
			'two open bounds',
			{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
			1,
			'a number above 0 and below 1',
		],
		['a fraction where none goes', { type: 'integer' }, 1.5, 'a whole number'],
		[
			'a step',
			{ type: 'integer', minimum: 64, maximum: 1536, multipleOf: 32 },
			100,
			'a whole number between 64 and 1536 that is a multiple of 32',
		],
		['a pattern', { type: 'string', pattern: '^\\d{4}$' }, '26', 'a string that matches ^\\d{4}$'],
		[
			'an address',
			{ type: 'string', format: 'uri' },
			'photo.png',
			'a URL such as https://example.com/file',
		],
		['a list of values', { enum: ['low', 'high'] }, 'medium', 'one of low, high'],
		['a list of values with null', { enum: ['low', 'high', null] }, 'x', 'one of low, high'],
		['numbers to choose from', { type: 'integer', enum: [5, 10] }, 7, 'one of 5, 10'],
		['a single value in a list', { enum: ['url'] }, 'base64', 'url'],
		['a constant', { const: false }, true, 'false'],
		[
			'a text of limited length',
			{ type: 'string', maxLength: 3 },
			'four',
			'a string of up to 3 characters',
		],
		[
			'a text that may not be empty',
			{ type: 'string', minLength: 1 },
			'',
			'a string of at least 1 characters',
		],
		[
			'a text with both lengths',
			{ type: 'string', minLength: 2, maxLength: 3 },
			'a',
			'a string of 2 to 3 characters',
		],
		[
			'a list of limited size',
			{ type: 'array', maxItems: 4 },
			[1, 2, 3, 4, 5],
			'a list of up to 4 entries',
		],
		['yes or no', { type: 'boolean' }, 'yes', 'true or false'],
		['an object', { type: 'object' }, [], 'an object'],
		[
			'an object with required properties',
			{ type: 'object', required: ['type', 'name'] },
			'x',
			'an object with type, name',
		],
		['several types', { type: ['string', 'number'] }, true, 'a string or a number'],
		['a type beside null', { type: ['string', 'null'] }, 5, 'a string'],
		[
			'three alternatives',
			{ anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'boolean' }] },
			5,
			'a string, a list or true or false',
		],
		[
			'alternatives that say the same',
			{ oneOf: [{ type: 'string' }, { type: 'string' }] },
			5,
			'a string',
		],
		[
			'an alternative that is null alone',
			{ anyOf: [{ type: 'string' }, { type: 'null' }] },
			5,
			'a string',
		],
		['a list of null alone', { enum: [null] }, 5, 'null'],
	])('a refused value comes with what it should have been: %s', (_, schema, value, expected) => {
		expect(expectedOf(schema, value)).toBe(expected);
	});

	test('a required property that is missing is described by its own schema', () => {
		const schema = { properties: { url: { type: 'string' } }, required: ['url'] };
		expect(findProblem(schema, {})).toEqual({
			path: ['url'],
			expected: 'a string',
			received: undefined,
		});
	});

	test('the problem with an unknown property names the known ones', () => {
		const schema = { properties: { type: {}, text: {} }, additionalProperties: false };
		expect(findProblem(schema, { type: 'x', txt: 'y' })).toEqual({
			path: ['txt'],
			expected: 'left out (known: type, text)',
			received: 'y',
		});
	});

	test('an empty schema is described as a value', () => {
		expect(describeSchema({})).toBe('a value');
	});
});

describe('where the problem is', () => {
	test('a problem has the path of names and indexes from the root', () => {
		const schema = {
			type: 'array',
			items: { properties: { function: { properties: { name: { type: 'string' } } } } },
		};
		const value = [{ function: { name: 'a' } }, { function: { name: 7 } }];
		expect(findProblem(schema, value)).toEqual({
			path: ['1', 'function', 'name'],
			expected: 'a string',
			received: 7,
		});
	});

	test('the problem is that of the alternative with the deepest path', () => {
		const schema = {
			anyOf: [
				{ type: 'string' },
				{
					type: 'object',
					properties: {
						type: { enum: ['function'] },
						function: {
							type: 'object',
							properties: { name: { type: 'string' } },
							required: ['name'],
						},
					},
				},
			],
		};
		expect(findProblem(schema, { type: 'function', function: {} })).toMatchObject({
			path: ['function', 'name'],
			expected: 'a string',
		});
	});

	test('alternatives that fail at the same place are named together', () => {
		const schema = {
			oneOf: [
				{ type: 'object', properties: { effort: { enum: ['low', 'high'] } } },
				{ type: 'object', properties: { effort: { type: 'integer' } } },
			],
		};
		expect(findProblem(schema, { effort: 'none' })).toEqual({
			path: ['effort'],
			expected: 'one of low, high or a whole number',
			received: 'none',
		});
	});

	test.each<[object, string[], string]>([
		[{ kind: 'b' }, ['text'], 'a string'],
		[{ kind: 'b', text: 5 }, ['text'], 'a string'],
		[{ kind: 'c' }, ['kind'], 'a or b'],
	])('the alternative whose constant a value has counts: %j', (value, path, expected) => {
		const schema: JsonSchema = {
			oneOf: [
				{
					properties: { kind: { const: 'a' }, size: { type: 'number' } },
					required: ['kind', 'size'],
				},
				{ properties: { kind: { enum: ['b'] }, text: { type: 'string' } }, required: ['text'] },
			],
		};
		expect(findProblem(schema, value)).toMatchObject({ path, expected });
	});

	test('the first of alternatives that fail at different places counts', () => {
		const schema: JsonSchema = {
			anyOf: [
				{ type: 'object', properties: { a: { type: 'string' } } },
				{ type: 'object', properties: { b: { type: 'string' } }, required: ['b'] },
			],
		};
		expect(findProblem(schema, { a: 1 })?.path).toEqual(['a']);
	});
});

describe('what is let through', () => {
	test.each<[string, JsonSchema, unknown]>([
		[
			'an object without what only responses have',
			{ properties: { id: { readOnly: true } }, required: ['id'] },
			{},
		],
		[
			'null for a constant that may be null',
			{ anyOf: [{ properties: { kind: { const: 'a', nullable: true } } }, { type: 'string' }] },
			{ kind: null },
		],
		['null, where OpenAPI 3.0 says nullable', { type: 'string', nullable: true }, null],
		['null, where a list of values is nullable', { enum: ['a'], nullable: true }, null],
		[
			'a value that fits several of oneOf, as zod writes unions that way',
			{ oneOf: [{ type: 'number' }, { type: 'integer' }] },
			1,
		],
		['a text against a pattern that is no valid expression', { type: 'string', pattern: '(' }, 'x'],
		['a value for keywords that are not known', { format: 'uri', uniqueItems: true }, [1, 1]],
		[
			'a character outside the basic plane as one character',
			{ type: 'string', maxLength: 1 },
			'🦜',
		],
		['a multiple that binary fractions only come near', { type: 'number', multipleOf: 0.1 }, 0.3],
		['a large multiple of a small step', { type: 'number', multipleOf: 0.01 }, 669234.69],
		[
			'a property whose name matches a pattern',
			{ patternProperties: { '^x-': {} }, additionalProperties: false },
			{ 'x-id': 1 },
		],
		[
			'an entry with a schema of its own',
			{ prefixItems: [{ type: 'string' }], items: { type: 'number' } },
			['a', 1],
		],
		[
			'a property that is set to undefined, as it is not sent',
			{ properties: { a: { type: 'string' } } },
			{ a: undefined },
		],
	])('a value is accepted: %s', (_, schema, value) => {
		expect(findProblem(schema, value)).toBeUndefined();
	});

	test('a property named like a method of objects is checked against additionalProperties', () => {
		const schema = { type: 'object', properties: {}, additionalProperties: { type: 'string' } };
		expect(findProblem(schema, { constructor: 'a' })).toBeUndefined();
		expect(findProblem(schema, { constructor: 1 })?.path).toEqual(['constructor']);
	});
});

describe('a schema whose check has no end', () => {
	const choice = (inner: JsonSchema): JsonSchema => ({
		anyOf: [{ properties: { a: inner } }, { properties: { a: inner } }],
	});
	const deep = (levels: number): { schema: JsonSchema; value: unknown } =>
		levels === 0
			? { schema: { type: 'number' }, value: 'no number' }
			: (({ schema, value }) => ({ schema: choice(schema), value: { a: value } }))(
					deep(levels - 1),
				);

	test('nested alternatives are accepted when checking them takes too long', () => {
		const small = deep(4);
		expect(findProblem(small.schema, small.value)).toMatchObject({ expected: 'a number' });
		const large = deep(60);
		expect(findProblem(large.schema, large.value)).toBeUndefined();
	});

	test('a list is accepted when checking it takes too long', () => {
		const items = { anyOf: Array.from({ length: 100 }, () => ({ type: 'string' })) };
		const list = (length: number) => Array.from({ length }, () => 'a');
		expect(findProblem({ items }, [...list(100), 1])).toMatchObject({ path: ['100'] });
		expect(findProblem({ items }, [...list(10_000), 1])).toBeUndefined();
	});
});
