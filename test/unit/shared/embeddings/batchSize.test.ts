import type { JsonSchema } from '../../../../nodes/shared/schema/jsonSchema';
import {
	maxTextsPerRequest,
	toBatchSize,
	toChunks,
} from '../../../../nodes/shared/embeddings/batchSize';

test.each([
	[undefined, 100],
	[7, 7],
	['25', 25],
	[2.9, 2],
	[0, 100],
	[-3, 100],
	['many', 100],
	[Infinity, 100],
])("'Batch Size' %j means %i", (value, size) => {
	expect(toBatchSize(value)).toBe(size);
});

test.each<[string, JsonSchema | undefined, number]>([
	['a single text', { type: 'string' }, 1],
	['a text or a list', { anyOf: [{ type: 'string' }, { type: 'array' }] }, Infinity],
	['at most 25', { anyOf: [{ type: 'string' }, { type: 'array', maxItems: 25 }] }, 25],
	['anything', {}, Infinity],
	['what it does not say', undefined, Infinity],
])('the batch size fits a model that accepts %s', (_, input, most) => {
	const properties: Record<string, JsonSchema> = input ? { input } : {};
	expect(maxTextsPerRequest({ type: 'object', required: [], properties })).toBe(most);
});

test('an unknown schema does not limit the batch size', () => {
	expect(maxTextsPerRequest(undefined)).toBe(Infinity);
});

test('texts are split in their order, the last batch shorter', () => {
	expect(toChunks(['a', 'b', 'c', 'd', 'e'], 2)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
	expect(toChunks([], 2)).toEqual([]);
});
