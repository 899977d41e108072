import { toRequestDocuments } from '../../../specs/requestDocuments';

const body = (schema: object) => ({
	requestBody: { content: { 'application/json': { schema } } },
});
const post = body({ type: 'object', properties: { model: { type: 'string' } } });

test('a document with several endpoints becomes one for each', () => {
	const paths = { '/v1/images/generations': { post }, '/v1/images/edits': { post } };
	const document = { openapi: '3.0.0', paths: { ...paths, '/v1/jobs': { get: {} } } };
	expect(toRequestDocuments(document)).toEqual([
		{
			endpoint: '/v1/images/generations',
			document: { openapi: '3.0.0', paths: { '/v1/images/generations': { post } } },
		},
		{
			endpoint: '/v1/images/edits',
			document: { openapi: '3.0.0', paths: { '/v1/images/edits': { post } } },
		},
	]);
});

test('a document in an envelope is taken out of it', () => {
	const data = { paths: { '/v1/tts': { post } } };
	expect(toRequestDocuments({ data })).toEqual([{ endpoint: '/v1/tts', document: data }]);
});

test.each([
	['/chat/completions', '/v1/chat/completions'],
	['/v1/chat/completions', '/v1/chat/completions'],
	['/v9/telepathy', '/v9/telepathy'],
	['/', '/'],
])('the path %s stands for the endpoint %s', (path, endpoint) => {
	expect(toRequestDocuments({ paths: { [path]: { post } } })).toEqual([
		{ endpoint, document: { paths: { [endpoint]: { post } } } },
	]);
});

test.each([
	['no object', 'text', 'it is not an OpenAPI document'],
	['a list', [], 'it is not an OpenAPI document'],
	['a document without paths', { openapi: '3.0.0' }, 'it is not an OpenAPI document'],
	['a request without a body', { paths: { '/v1/tts': { post: {} } } }, 'it describes no request'],
	[
		'a body without a schema',
		{ paths: { '/v1/tts': { post: { requestBody: { content: { 'application/json': {} } } } } } },
		'it describes no request body',
	],
	[
		'a reference to nothing',
		{ paths: { '/v1/tts': { post: body({ $ref: '#/components/schemas/Voice' }) } } },
		'its reference #/components/schemas/Voice leads nowhere',
	],
])('%s is refused with the reason', (_, document, reason) => {
	expect(() => toRequestDocuments(document)).toThrow(reason);
});

test('references to parts of the document are kept', () => {
	const document = {
		paths: { '/v1/tts': { post: body({ $ref: '#/components/schemas/a~1b' }) } },
		components: { schemas: { 'a/b': { type: 'object' } } },
	};
	expect(toRequestDocuments(document)).toEqual([{ endpoint: '/v1/tts', document }]);
});
