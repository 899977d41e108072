import { toResponseFormat, schemaOfExample } from '../../../../nodes/shared/chat/responseFormat';
import type { JsonSchema, ObjectSchema } from '../../../../nodes/shared/schema/jsonSchema';

const read = (fields: object, schema?: ObjectSchema) =>
	toResponseFormat(
		{ responseFormat: 'json_schema', ...fields },
		{ id: 'vendor/model', schema, isFallback: false },
	);
const byExample = (jsonSchemaExample: unknown) =>
	read({ schemaType: 'fromJson', jsonSchemaExample });
const byHand = (inputSchema: unknown) => read({ schemaType: 'manual', inputSchema });
const documenting = (response_format?: JsonSchema): ObjectSchema => ({
	properties: response_format ? { response_format } : {},
	required: [],
});
const typed = (...names: string[]): JsonSchema => ({
	oneOf: names.map((name) => ({
		type: 'object',
		properties: { type: { enum: [name] } },
		required: ['type'],
	})),
});

test('the format text sends nothing', () => {
	expect(read({ responseFormat: 'text' }, documenting())).toBeUndefined();
});

test('the format JSON object sends only its type', () => {
	expect(read({ responseFormat: 'json_object' })).toEqual({ request: { type: 'json_object' } });
});

describe('a schema written by hand', () => {
	test.each([
		['as text', '{"type":"object"}'],
		['as an object by expression', { type: 'object' }],
	])('a schema written by hand is sent %s, and the answer is checked against it', (_, schema) => {
		expect(byHand(schema)).toEqual({
			request: {
				type: 'json_schema',
				json_schema: { name: 'response', schema: { type: 'object' } },
			},
			schema: { type: 'object' },
		});
	});

	test.each([
		['Invoice', 'Invoice'],
		['Rechnung für Ämter!', 'Rechnung_f_r_mter_'],
		['x'.repeat(80), 'x'.repeat(64)],
		['', 'response'],
	])('a schema titled %j gets a name that the API accepts', (title, name) => {
		expect(byHand({ type: 'object', title })?.request).toMatchObject({ json_schema: { name } });
	});

	const wrapped = { name: 'invoice', strict: true, schema: { type: 'object' } };
	test.each([wrapped, { type: 'json_schema', ...wrapped }, { json_schema: wrapped }])(
		'a schema is taken out of the response format %j',
		(format) => {
			expect(byHand(format)).toEqual({
				request: {
					type: 'json_schema',
					json_schema: { name: 'response', strict: true, schema: { type: 'object' } },
				},
				schema: { type: 'object' },
			});
		},
	);

	test('a schema whose title is an object is sent with the default name', () => {
		expect(byHand({ type: 'object', title: { type: 'string' } })?.request).toMatchObject({
			json_schema: { name: 'response' },
		});
	});

	test.each([
		['is empty', '', "'JSON Schema' is empty"],
		['is malformed', '{type: object}', "'JSON Schema' isn't valid JSON"],
		['is a list', '[]', "'JSON Schema' must be a JSON object"],
		['is an example', '{"type": "invoice"}', "'JSON Schema' doesn't describe any fields"],
		['accepts anything', '{}', "'JSON Schema' doesn't describe any fields"],
	])('a schema written by hand that %s is refused', (_, schema, message) => {
		expect(() => byHand(schema)).toThrow(expect.objectContaining({ name: 'InputError', message }));
	});
});

describe('a schema made from an example', () => {
	test('a schema made from an example requires every field with its type and nothing else, and is strict', () => {
		const schema = {
			type: 'object',
			properties: {
				category: { type: 'string' },
				urgent: { type: 'boolean' },
				price: { type: 'number' },
				tags: { type: 'array', items: { type: 'string' } },
				sender: {
					type: 'object',
					properties: { name: { type: 'string' } },
					required: ['name'],
					additionalProperties: false,
				},
			},
			required: ['category', 'urgent', 'price', 'tags', 'sender'],
			additionalProperties: false,
		};
		const example = { category: 'x', urgent: true, price: 1, tags: ['a'], sender: { name: 'b' } };
		expect(byExample(JSON.stringify(example))).toEqual({
			request: { type: 'json_schema', json_schema: { name: 'response', schema, strict: true } },
			schema,
		});
	});

	test.each([
		['null', { a: null }],
		['an empty list', { a: [] }],
		['an empty object', { a: {} }],
		['a list of lists without entries', { a: [[]] }],
	])(
		'a schema made from an example is not strict where %s leaves a type open, since the API would refuse it',
		(_, example) => {
			expect(byExample(example)?.request.json_schema).not.toHaveProperty('strict');
		},
	);

	test('a list in an example has the type of its entries, or any type where they differ', () => {
		expect(schemaOfExample([1, 2])).toEqual({ type: 'array', items: { type: 'number' } });
		expect(schemaOfExample([1, 'a'])).toEqual({ type: 'array', items: {} });
	});

	test.each([
		['is empty', ' ', "'JSON Example' is empty"],
		['is malformed', '{"a": }', "'JSON Example' isn't valid JSON"],
		['is a list', '[{"a":1}]', "'JSON Example' must be a JSON object"],
	])('a schema made from an example that %s is refused', (_, example, message) => {
		expect(() => byExample(example)).toThrow(
			expect.objectContaining({ name: 'InputError', message }),
		);
	});
});

describe('a model that does not take the format', () => {
	const refusal = (description: string) =>
		expect.objectContaining({
			message: "vendor/model doesn't support this 'Response Format'",
			description: expect.stringContaining(description) as string,
		}) as Error;

	test.each(['json_object', 'json_schema'])(
		'the format %s is refused for a model that documents no format',
		(responseFormat) => {
			const fields = { responseFormat, jsonSchemaExample: '{"a":1}' };
			expect(() => read(fields, documenting())).toThrow(refusal("Set 'Response Format' to 'Text'"));
		},
	);

	test('a schema is refused for a model with JSON objects alone, with that advice', () => {
		const fields = { jsonSchemaExample: '{"a":1}' };
		expect(() => read(fields, documenting(typed('text', 'json_object')))).toThrow(
			refusal("Choose 'JSON Object'"),
		);
	});

	test('a refused JSON object is not answered with the advice to choose it', () => {
		const fields = { responseFormat: 'json_object' };
		expect(() => read(fields, documenting(typed('text', 'json_schema')))).toThrow(
			refusal("Set 'Response Format' to 'Text'"),
		);
	});
});

test('a format that the model documents is sent', () => {
	const schema = documenting(typed('text', 'json_object', 'json_schema'));
	expect(read({ responseFormat: 'json_object' }, schema)?.request).toEqual({ type: 'json_object' });
});
