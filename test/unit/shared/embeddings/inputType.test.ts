import { toInputTypeProperties } from '../../../../nodes/shared/embeddings/inputType';
import type { JsonSchema } from '../../../../nodes/shared/schema/jsonSchema';

const both = (property: JsonSchema) => {
	const schema = { type: 'object', required: [], properties: { kind: property } };
	return [
		toInputTypeProperties(schema, 'document').kind,
		toInputTypeProperties(schema, 'query').kind,
	];
};

test.each<[string[], string, string]>([
	[['document', 'query'], 'document', 'query'],
	[['query', 'passage'], 'passage', 'query'],
	[['search_document', 'search_query', 'clustering'], 'search_document', 'search_query'],
	[
		['text-matching', 'retrieval.query', 'retrieval.passage'],
		'retrieval.passage',
		'retrieval.query',
	],
	[
		['CODE_RETRIEVAL_QUERY', 'RETRIEVAL_QUERY', 'RETRIEVAL_DOCUMENT'],
		'RETRIEVAL_DOCUMENT',
		'RETRIEVAL_QUERY',
	],
])('with the values %j, documents get %s and queries %s', (values, document, query) => {
	expect(both({ type: 'string', enum: values })).toEqual([document, query]);
});

test('a list of values in an alternative is found, too', () => {
	const property = { anyOf: [{ type: 'string', enum: ['document', 'query'] }, { type: 'null' }] };
	expect(both(property)).toEqual(['document', 'query']);
});

test.each<[string, JsonSchema]>([
	['only one of the two', { type: 'string', enum: ['document'] }],
	['two that do not belong together', { type: 'string', enum: ['legal_document', 'chat_query'] }],
	['words that only contain them', { type: 'string', enum: ['documentation', 'inquery'] }],
	['no values', { type: 'string' }],
	['numbers', { enum: [1, 2] }],
])('a property with %s is not set', (_, property) => {
	expect(both(property)).toEqual([undefined, undefined]);
});

test('without a schema, or without a purpose, nothing is set', () => {
	const schema = {
		type: 'object',
		required: [],
		properties: { kind: { enum: ['document', 'query'] } },
	};
	expect(toInputTypeProperties(undefined, 'query')).toEqual({});
	expect(toInputTypeProperties(schema, undefined)).toEqual({});
});
