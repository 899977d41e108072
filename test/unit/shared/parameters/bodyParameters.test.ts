import {
	dropUnsupported,
	toBodyParameters,
} from '../../../../nodes/shared/parameters/bodyParameters';
import type { JsonSchema, ObjectSchema } from '../../../../nodes/shared/schema/jsonSchema';

const stop: JsonSchema = {
	anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, { nullable: true }],
};
const tools: JsonSchema = {
	type: 'array',
	items: {
		type: 'object',
		properties: {
			type: { type: 'string', enum: ['function'] },
			function: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
		},
		required: ['type', 'function'],
	},
};
const schema = {
	properties: {
		temperature: { type: 'number', minimum: 0, maximum: 2 },
		max_tokens: { type: 'integer', minimum: 1 },
		n: { type: 'integer', enum: [1, 2] },
		reasoning_effort: { type: 'string', enum: ['low', 'medium', 'high'] },
		safety_tolerance: { type: 'string', enum: ['1', '2', '3'] },
		stream: { type: 'boolean' },
		user: { type: 'string' },
		thinking: { type: 'object', properties: { budget_tokens: { type: 'integer', minimum: 1024 } } },
		date: { pattern: '^\\d{4}$', type: 'string' },
		stop,
		tools,
	},
	required: [],
};
const read = (values: unknown) =>
	toBodyParameters(values, { id: 'openai/gpt-4o', schema, isFallback: false });
/** A model that the user chose. */
const chosen = (schema?: ObjectSchema) => ({ id: 'm', schema, isFallback: false });
const fallback = (schema?: ObjectSchema) => ({ id: 'm', schema, isFallback: true });

describe('what the user set is sent as the model documents it', () => {
	test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['a number', { temperature: 0.5 }, { temperature: 0.5 }],
		['a number written as text', { temperature: '0.5' }, { temperature: 0.5 }],
		['zero, where it is allowed', { temperature: 0 }, { temperature: 0 }],
		['a whole number written as text', { max_tokens: ' 100 ' }, { max_tokens: 100 }],
		['a number out of a list, written as text', { n: '2' }, { n: 2 }],
		['a value of a list', { reasoning_effort: 'low' }, { reasoning_effort: 'low' }],
		['a number where the list holds texts', { safety_tolerance: 2 }, { safety_tolerance: '2' }],
		['yes', { stream: true }, { stream: true }],
		['yes written in capitals', { stream: 'TRUE' }, { stream: true }],
		['no written as text', { stream: 'False' }, { stream: false }],
		['text that looks like a number', { user: '4711' }, { user: '4711' }],
		['a number for a text', { user: 4711 }, { user: '4711' }],
		['text in braces where only text goes', { user: '{"a":1}' }, { user: '{"a":1}' }],
		[
			'a list in JSON',
			{ tools: '[{"type":"function","function":{"name":"f"}}]' },
			{ tools: [{ type: 'function', function: { name: 'f' } }] },
		],
		[
			'a list by expression',
			{ tools: [{ type: 'function', function: { name: 'f' } }] },
			{ tools: [{ type: 'function', function: { name: 'f' } }] },
		],
		[
			'an object in JSON',
			{ thinking: '{"budget_tokens":2048}' },
			{ thinking: { budget_tokens: 2048 } },
		],
		['a stop sequence', { stop: 'END' }, { stop: 'END' }],
		['several stop sequences', { stop: '["END","STOP"]' }, { stop: ['END', 'STOP'] }],
		['a stop sequence that begins like a list', { stop: '[END]' }, { stop: '[END]' }],
		['a stop sequence that is an object in JSON', { stop: '{}' }, { stop: '{}' }],
		['a stop sequence of digits', { stop: '42' }, { stop: '42' }],
		['a stop sequence that is a number', { stop: 42 }, { stop: '42' }],
	])('a value is sent as the model documents it: %s', (_, values, sent) => {
		expect(read(values)).toEqual(sent);
	});

	test('a date from an expression is sent as text, at any depth', () => {
		const model = chosen({
			properties: { since: { type: 'string' }, span: { properties: { end: { type: 'string' } } } },
			required: [],
		});
		expect(toBodyParameters({ since: new Date(0), span: { end: new Date(0) } }, model)).toEqual({
			since: '1970-01-01T00:00:00.000Z',
			span: { end: new Date(0) },
		});
		expect(() => read({ temperature: new Date(0) })).toThrow("'Temperature' must be a number");
	});

	test('a listed value is sent even if its type is documented as another', () => {
		const model = chosen({
			properties: { height: { type: 'string', enum: [480, 720] } },
			required: [],
		});
		expect(toBodyParameters({ height: 480 }, model)).toEqual({ height: 480 });
	});

	test.each([[''], ['  '], [null], [undefined]])('a field left at %j is not sent', (blank) => {
		expect(read({ temperature: blank, user: blank, gone: blank, n: 1 })).toEqual({ n: 1 });
	});

	test('a list or object left empty, as the editor opens it, is not sent', () => {
		const properties = { tools: { type: 'array' }, metadata: { type: 'object' } };
		const empty = { tools: '[]', metadata: {} };
		expect(toBodyParameters(empty, chosen({ properties, required: [] }))).toEqual({});
		expect(toBodyParameters(empty, chosen())).toEqual({});
	});

	test('an empty list is sent where it differs from the default or is required', () => {
		const properties = { loras: { type: 'array', default: ['a'] }, tools: { type: 'array' } };
		const schema = { properties, required: ['tools'] };
		expect(toBodyParameters({ loras: '[]', tools: '[]' }, chosen(schema))).toEqual({
			loras: [],
			tools: [],
		});
	});

	test.each([[null], [undefined], [''], [[]]])(
		'nothing is sent when nothing is set (%j)',
		(values) => {
			expect(read(values)).toEqual({});
		},
	);
});

describe('what the model does not take is refused before it is sent', () => {
	test.each<[string, Record<string, unknown>, string]>([
		[
			'a value outside the list, naming the list',
			{ reasoning_effort: 'extreme' },
			`'Reasoning Effort' must be one of low, medium, high, but is "extreme"`,
		],
		[
			'a number outside the range, naming the range',
			{ temperature: 3 },
			`'Temperature' must be a number between 0 and 2, but is 3`,
		],
		[
			'a number below the least',
			{ max_tokens: 0 },
			`'Max Tokens' must be a whole number of at least 1, but is 0`,
		],
		[
			'a fraction for a whole number',
			{ max_tokens: 1.5 },
			`'Max Tokens' must be a whole number of at least 1, but is 1.5`,
		],
		[
			'a word for a number',
			{ temperature: 'hot' },
			`'Temperature' must be a number between 0 and 2, but is "hot"`,
		],
		['a word for yes or no', { stream: 'maybe' }, `'Stream' must be true or false, but is "maybe"`],
		['an object for a text', { user: { a: 1 } }, `'User' must be a string, but is {"a":1}`],
		['a list for a text', { user: ['a', 'b'] }, `'User' must be a string, but is ["a","b"]`],
		[
			'a wrong value inside an object, by its path',
			{ thinking: '{"budget_tokens":5}' },
			`'Thinking' at budget_tokens must be a whole number of at least 1024, but is 5`,
		],
		[
			'a list without what its entries need',
			{ tools: '[{"type":"function","function":{}}]' },
			`'Tools' at 0.function.name must be a string, but is missing`,
		],
		['a list that is cut off', { tools: '[{"type":' }, `'Tools' isn't valid JSON`],
		['text where an object goes', { thinking: 'on' }, `'Thinking' isn't valid JSON`],
		[
			'a parameter it does not document',
			{ top_k: 5 },
			"The model openai/gpt-4o has no parameter 'Top K'",
		],
		[
			'a parameter called like a method of objects',
			{ constructor: 5 },
			"The model openai/gpt-4o has no parameter 'Constructor'",
		],
	])('a value that the model does not accept is refused: %s', (_, values, message) => {
		expect(() => read(values)).toThrow(expect.objectContaining({ name: 'InputError', message }));
	});

	test.each([[NaN], [Infinity]])('a calculation that gives %p is refused', (value) => {
		const message = (label: string) => new RegExp(`'${label}' must be a .*, but is ${value}`);
		expect(() => read({ temperature: value })).toThrow(message('Temperature'));
		expect(() => read({ user: value })).toThrow(message('User'));
		expect(() => read({ thinking: { budget_tokens: value } })).toThrow('at budget_tokens must be');
		expect(() => toBodyParameters({ user: value }, chosen())).toThrow(message('User'));
	});

	test('a long value is cut in the message', () => {
		expect(() => read({ reasoning_effort: 'x'.repeat(500) })).toThrow(/but is "x{76}…$/);
	});

	test('the error says how to skip the check', () => {
		expect(() => read({ temperature: 3 })).toThrow(
			expect.objectContaining({
				description:
					"Change the value in 'Model Parameters'. To skip this check, send it in 'Extra Body'.",
			}),
		);
	});

	test('the error for an unknown parameter names the known ones', () => {
		const one = { properties: { seed: {}, stop: {} }, required: [] };
		expect(() => toBodyParameters({ top_k: 1 }, chosen(one))).toThrow(
			expect.objectContaining({
				description: expect.stringContaining('Its parameters are: seed, stop.') as string,
			}),
		);
	});
});

describe('without the schema of the model', () => {
	const readUnchecked = (values: unknown) => toBodyParameters(values, chosen());

	test('everything is sent as it is, but lists and objects in JSON are parsed', () => {
		expect(
			readUnchecked({
				temperature: '0.5',
				top_k: 5,
				tools: '[{"a":1}]',
				thinking: ' {"b":2}',
				user: 'x',
			}),
		).toEqual({ temperature: '0.5', top_k: 5, tools: [{ a: 1 }], thinking: { b: 2 }, user: 'x' });
	});

	test('text that only looks like JSON stays text', () => {
		expect(readUnchecked({ stop: '[END]' })).toEqual({ stop: '[END]' });
	});

	test('blank fields are not sent', () => {
		expect(readUnchecked({ temperature: null, user: '' })).toEqual({});
	});
});

describe('for a model that stands in for another', () => {
	test('unsupported parameters for a fallback model are dropped and named', () => {
		expect(
			dropUnsupported({ temperature: '1', top_k: 5, n: 7, user: null }, fallback(schema)),
		).toEqual({
			fitting: { temperature: '1', user: null },
			dropped: ['top_k', 'n'],
		});
	});

	test('parameters named like a method of objects are dropped for a fallback model', () => {
		expect(dropUnsupported({ toString: 'a' }, fallback(schema)).dropped).toEqual(['toString']);
	});

	test('nothing is dropped for a fallback model without a schema', () => {
		expect(dropUnsupported({ top_k: 5 }, fallback())).toEqual({
			fitting: { top_k: 5 },
			dropped: [],
		});
	});
});
