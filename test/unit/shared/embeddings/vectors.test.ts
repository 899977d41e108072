import { parseEmbeddings } from '../../../../nodes/shared/embeddings/vectors';
import { ApiResponse } from '../../../../nodes/shared/transport/apiResponse';

const parse = (body: unknown, count = 4) =>
	parseEmbeddings(new ApiResponse(200, {}, Buffer.from(JSON.stringify(body))), count).vectors;

const withIndexes = (...indexes: unknown[]) => ({
	data: indexes.map((index, place) => ({ index, embedding: [place, 1] })),
});
const places = (vectors: unknown[]) => vectors.map((vector) => (vector as number[])[0]);

test.each<[string, unknown[], number[]]>([
	['in their order', [0, 1, 2, 3], [0, 1, 2, 3]],
	['shuffled', [3, 2, 1, 0], [3, 2, 1, 0]],
	['shuffled, as text', ['1', '0', '3', '2'], [1, 0, 3, 2]],
	['shifted', [2, 3, 4, 5], [0, 1, 2, 3]],
	['shifted and shuffled', [3, 4, 1, 2], [2, 3, 0, 1]],
	['anew for each part', [0, 1, 0, 1], [0, 1, 2, 3]],
	['all the same', [0, 0, 0, 0], [0, 1, 2, 3]],
	['in pairs', [0, 0, 1, 1], [0, 1, 2, 3]],
	['with gaps, going up', [0, 2, 4, 9], [0, 1, 2, 3]],
	['not at all', [undefined, undefined, undefined, undefined], [0, 1, 2, 3]],
	['in part, each in its place', [0, undefined, 2, null], [0, 1, 2, 3]],
])('vectors numbered %s stay with their texts', (_, indexes, expected) => {
	expect(places(parse(withIndexes(...indexes)))).toEqual(expected);
});

test.each([
	['repeated out of order', [1, 0, 1, 0]],
	['with gaps out of order', [4, 0, 9, 2]],
	['in part and out of place', [1, undefined, 0, undefined]],
])('vectors numbered %s are refused', (_, indexes) => {
	expect(() => parse(withIndexes(...indexes))).toThrow('which vector belongs to which text');
});

test.each<[string, unknown]>([
	[
		'a bare list of vectors',
		[
			[1, 2],
			[3, 4],
		],
	],
	['a list of entries', [{ embedding: [1, 2] }, { embedding: [3, 4] }]],
	['a nested list', { data: { embeddings: [{ values: [1, 2] }, { values: [3, 4] }] } }],
	[
		'embeddings by type',
		{
			embeddings: {
				float: [
					[1, 2],
					[3, 4],
				],
			},
		},
	],
	[
		'an output with the indexes of the texts',
		{
			output: {
				embeddings: [
					[3, 4],
					[1, 2],
				].map((embedding, n) => ({ text_index: 1 - n, embedding })),
			},
		},
	],
	[
		'predictions',
		{
			predictions: [
				[1, 2],
				[3, 4],
			].map((values) => ({ embeddings: { values } })),
		},
	],
	[
		'a list for each vector',
		{
			data: [
				[1, 2],
				[3, 4],
			].map((vector) => ({ embedding: [vector] })),
		},
	],
	[
		'embeddings',
		{
			embeddings: [
				[1, 2],
				[3, 4],
			],
		},
	],
])('vectors are read from %s', (_, body) => {
	expect(parse(body, 2)).toEqual([
		[1, 2],
		[3, 4],
	]);
});

test('a single vector is read from an object', () => {
	expect(parse({ embedding: { values: [1, 2] } }, 1)).toEqual([[1, 2]]);
});

const BASE64 = Buffer.from(new Float32Array([1, 2]).buffer).toString('base64');

test('vectors in base64 stay in base64', () => {
	expect(parse({ data: [{ index: 0, embedding: BASE64 }] }, 1)).toEqual([BASE64]);
});

test.each<[string, unknown[]]>([
	['empty', [[], [1, 2]]],
	['of nothing', [[null], [1]]],
	[
		'of text',
		[
			['1', '2'],
			[1, 2],
		],
	],
	[
		'of different lengths',
		[
			[1, 2],
			[1, 2, 3],
		],
	],
	['an error in words', ['error: model overloaded', BASE64]],
	['base64 that is cut', [BASE64.slice(0, 5), BASE64]],
	['missing', [undefined, [1, 2]]],
])('a vector that is %s is refused', (_, embeddings) => {
	const data = embeddings.map((embedding, index) => ({ index, embedding }));
	expect(() => parse({ data }, 2)).toThrow('The answer has no vector for each of the 2 texts');
});
