import fc from 'fast-check';
import { parseRequestSchema } from '../../../../nodes/shared/models/requestSchema';
import type { JsonSchema } from '../../../../nodes/shared/schema/jsonSchema';

const PATH = '/v1/chat/completions';
const body = (schema: unknown, mediaType = 'application/json') => ({
	requestBody: { content: { [mediaType]: { schema } } },
});
const documentOf = (schema: unknown, path = PATH) => ({
	paths: { [path]: { post: body(schema) } },
});
/** A document whose request may be sent as any of these media types. */
const offering = (content: Record<string, { schema?: JsonSchema }>) => ({
	paths: { [PATH]: { post: { requestBody: { content } } } },
});
const named = (name: string): JsonSchema => ({
	type: 'object',
	properties: { [name]: {} },
	required: [name],
});
const read = (schema: JsonSchema) => parseRequestSchema(documentOf(schema), PATH);
const propertiesIn = (document: unknown) =>
	Object.keys(parseRequestSchema(document, PATH)?.properties ?? {});

describe('the request of a model is found', () => {
	test.each([
		['in a bare document', documentOf(named('a'))],
		['in a data envelope', { object: 'document', data: documentOf(named('a')) }],
		[
			'under its path among others',
			{ paths: { '/v1/other': { post: body(named('b')) }, ...documentOf(named('a')).paths } },
		],
		[
			'under the same path without its version',
			{
				paths: {
					'/v1/other': { post: body(named('b')) },
					'/chat/completions': { post: body(named('a')) },
				},
			},
		],
		[
			'under its own path before a shorter one',
			{
				paths: {
					'/chat/completions': { post: body(named('b')) },
					[PATH]: { post: body(named('a')) },
				},
			},
		],
		[
			'under the endpoint itself, not under a shorter path with the same end',
			{
				paths: {
					'/completions': { post: body(named('b')) },
					'/chat/completions': { post: body(named('a')) },
				},
			},
		],
		[
			'under a longer path, beside one that leads on from it',
			{
				paths: {
					'/api/v1/chat/completions/{id}/cancel': { post: body(named('b')) },
					'/api/v1/chat/completions/': { post: body(named('a')) },
					'/api/v1/other': { post: body(named('b')) },
				},
			},
		],
		['under whatever path it is the only one', documentOf(named('a'), '/v3/chat')],
		[
			'beside a GET of another path',
			{ paths: { '/v1/models': { get: {} }, '/v3/chat': { post: body(named('a')) } } },
		],
		['as multipart form', { paths: { [PATH]: { post: body(named('a'), 'multipart/form-data') } } }],
		[
			'as JSON where both are offered',
			offering({
				'multipart/form-data': { schema: named('b') },
				'application/json': { schema: named('a') },
			}),
		],
		[
			'as JSON with a character set',
			offering({
				'multipart/form-data': { schema: named('b') },
				'application/json; charset=utf-8': { schema: named('a') },
			}),
		],
		[
			'as the only content that is described',
			offering({
				'application/json': {},
				'multipart/form-data': { schema: named('a') },
			}),
		],
		[
			'in a body and a path behind references',
			{
				paths: { [PATH]: { $ref: '#/components/pathItems/Chat' } },
				components: {
					pathItems: {
						Chat: { post: { requestBody: { $ref: '#/components/requestBodies/Chat' } } },
					},
					requestBodies: { Chat: body(named('a')).requestBody },
				},
			},
		],
		[
			'behind a reference',
			{
				...documentOf({ $ref: '#/components/schemas/Body' }),
				components: { schemas: { Body: named('a') } },
			},
		],
		[
			'behind a reference in an envelope',
			{
				data: {
					...documentOf({ $ref: '#/components/schemas/Body' }),
					components: { schemas: { Body: named('a') } },
				},
			},
		],
	])('the request schema of a model is found %s', (_, document) => {
		expect(propertiesIn(document)).toEqual(['a']);
	});

	test('a request schema is not found when the only one is that of another endpoint', () => {
		const document = documentOf(named('a'), '/v2/images/generations');
		expect(parseRequestSchema(document, PATH)).toBeUndefined();
		expect(parseRequestSchema(document, '/v1/images/edits')).toBeUndefined();
		expect(parseRequestSchema(document, '/v1/images/generations')).toBeDefined();
	});

	test('a request schema is not found when there are several and none is of the endpoint', () => {
		const paths = { '/v1/a': { post: body(named('a')) }, '/v1/b': { post: body(named('b')) } };
		expect(parseRequestSchema({ paths }, PATH)).toBeUndefined();
	});
});

describe('a body of several parts', () => {
	test('a body with allOf has the properties and requirements of each part', () => {
		const schema = { required: ['c'], properties: { c: {} }, allOf: [named('a'), named('b')] };
		expect(read(schema)).toMatchObject({
			properties: { a: {}, b: {}, c: {} },
			required: ['c', 'a', 'b'],
		});
	});

	test('a part of allOf may have nothing but requirements', () => {
		const schema = {
			properties: { a: {}, b: {} },
			allOf: [{ required: ['a'] }, { required: ['b'] }],
		};
		expect(read(schema)).toMatchObject({ properties: { a: {}, b: {} }, required: ['a', 'b'] });
	});

	test.each(['anyOf', 'oneOf'])(
		'a body with %s requires only what all alternatives require',
		(keyword) => {
			const parts = [
				{ properties: { prompt: {}, url: {} }, required: ['prompt', 'url'] },
				{ properties: { prompt: {}, id: {} }, required: ['prompt', 'id'] },
			];
			expect(read({ [keyword]: parts })).toMatchObject({
				properties: { prompt: {}, url: {}, id: {} },
				required: ['prompt'],
			});
		},
	);

	test('a body keeps the keywords beside its alternatives', () => {
		const schema = { ...named('model'), anyOf: [named('a'), named('b')] };
		expect(read(schema)).toMatchObject({
			properties: { model: {}, a: {}, b: {} },
			required: ['model'],
		});
	});

	test('a part of allOf may have alternatives', () => {
		const schema = { allOf: [named('model'), { oneOf: [named('a'), named('b')] }] };
		expect(read(schema)).toMatchObject({
			properties: { model: {}, a: {}, b: {} },
			required: ['model'],
		});
	});

	test('alternatives may have nothing but requirements', () => {
		const schema = {
			properties: { url: {}, file: {} },
			anyOf: [{ required: ['url'] }, { required: ['file'] }],
		};
		expect(read(schema)).toMatchObject({ properties: { url: {}, file: {} }, required: [] });
	});

	test('what only responses have is neither a parameter nor required', () => {
		const base = { properties: { id: { type: 'string', readOnly: true }, a: {} } };
		expect(read({ allOf: [base], required: ['id', 'a'] })).toMatchObject({ required: ['a'] });
		expect(propertiesIn(documentOf({ allOf: [base], required: ['id', 'a'] }))).toEqual(['a']);
	});

	test('a parameter accepts what any of its alternatives accepts', () => {
		const duration = (...values: number[]) => ({ properties: { duration: { enum: values } } });
		const { properties } = read({ oneOf: [duration(5), duration(10)] }) ?? {};
		expect(properties?.duration).toEqual({ anyOf: [{ enum: [5] }, { enum: [10] }] });
	});
});

describe('a document that describes no body', () => {
	test.each<[string, unknown]>([
		['nothing', undefined],
		['an empty object', {}],
		['no paths', { openapi: '3.0.0', paths: {} }],
		['an operation without body', { paths: { [PATH]: { post: {} } } }],
		['a body without content', { paths: { [PATH]: { post: { requestBody: { content: {} } } } } }],
		[
			'content without schema',
			{ paths: { [PATH]: { post: { requestBody: { content: { 'application/json': {} } } } } } },
		],
		['a schema without properties', documentOf({ type: 'object' })],
		['a dangling reference', documentOf({ $ref: '#/components/schemas/Gone' })],
		['a page of HTML', '<!doctype html>'],
	])('a document describes no body: %s', (_, document) => {
		expect(parseRequestSchema(document, PATH)).toBeUndefined();
	});

	test('any document can be parsed', () => {
		const junk = fc.anything({ maxDepth: 4 });
		const bodies = fc.record({ content: fc.oneof(junk, fc.dictionary(fc.string(), junk)) });
		const paths = fc.dictionary(
			fc.constantFrom(PATH, ''),
			fc.oneof(junk, fc.record({ post: fc.record({ requestBody: bodies }) })),
		);
		fc.assert(
			fc.property(fc.oneof(junk, fc.record({ data: junk }), fc.record({ paths })), (document) => {
				parseRequestSchema(document, PATH);
			}),
			{ numRuns: 300 },
		);
	});
});
