import { useSandbox } from '../../support/useSandbox';
import { post } from './media';

const sandbox = useSandbox();

const embed = async (input: string | string[], more: object = {}) =>
	await post(sandbox, '/v1/embeddings', { model: 'text-embedding-3-small', input, ...more });
const vectorsOf = async (...texts: string[]): Promise<number[][]> =>
	(await embed(texts)).body.data.map(({ embedding }: { embedding: number[] }) => embedding);
const product = (a: number[], b: number[]) =>
	a.reduce((sum, value, index) => sum + value * b[index], 0);

test('the embeddings endpoint answers one vector for each text, in their order, with usage and cost', async () => {
	const { status, body, headers } = await embed(['One', 'Two']);
	expect(status).toBe(200);
	expect(body).toEqual({
		object: 'list',
		data: [
			{ object: 'embedding', index: 0, embedding: expect.any(Array) },
			{ object: 'embedding', index: 1, embedding: expect.any(Array) },
		],
		model: 'text-embedding-3-small',
		usage: { prompt_tokens: 2, total_tokens: 2 },
		meta: { usage: { credits_used: 1, usd_spent: 0.0000005 } },
	});
	expect(headers.get('x-aimlapi-credits-used')).toBe('1');
	expect(body.data[0].embedding).toHaveLength(1536);
});

test('the embeddings endpoint takes a single text', async () => {
	const { body } = await embed('One');
	expect(body.data).toHaveLength(1);
	expect(body.data[0].embedding).toEqual((await vectorsOf('One'))[0]);
});

test('the embeddings endpoint puts similar texts near to each other and others far away', async () => {
	const [cat, cats, money] = await vectorsOf(
		'The cat sat on the mat',
		'A cat sits on a mat',
		'Quarterly revenue grew by a third',
	);
	expect(product(cat, cat)).toBeCloseTo(1, 5);
	expect(product(cat, cats)).toBeGreaterThan(0.35);
	expect(Math.abs(product(cat, money))).toBeLessThan(0.15);
});

test('the embeddings endpoint makes a vector of length 1 even of a text without words', async () => {
	const [vector] = await vectorsOf('…');
	expect(product(vector, vector)).toBe(1);
});

test('the embeddings endpoint honours dimensions', async () => {
	const { body } = await embed('One', { dimensions: 64 });
	expect(body.data[0].embedding).toHaveLength(64);
});

test('the embeddings endpoint answers the same numbers in base64', async () => {
	const { body } = await embed('One two three', { encoding_format: 'base64' });
	const bytes = Buffer.from(body.data[0].embedding, 'base64');
	const numbers = Array.from({ length: bytes.length / 4 }, (_, index) =>
		bytes.readFloatLE(index * 4),
	);
	expect(numbers).toEqual((await vectorsOf('One two three'))[0]);
});

test.each<[object, string]>([
	[{ input_type: 'document' }, 'input_type'],
	[{ dimensions: 5000 }, 'dimensions'],
	[{ input: [] }, 'input'],
])('the embeddings endpoint refuses %j', async (more, field) => {
	const { status, body } = await embed('One', more);
	expect(status).toBe(400);
	expect(body.errors[0].path).toBe(field);
});

test('the embeddings endpoint knows a model with other parameters', async () => {
	const voyage = { model: 'voyage-2', input_type: 'document' };
	const { body } = await embed('One', voyage);
	expect(body.data[0].embedding).toHaveLength(1024);
	expect((await embed('One', { ...voyage, dimensions: 64 })).status).toBe(400);
});
