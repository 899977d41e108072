import { NodeConnectionTypes, sleep } from 'n8n-workflow';
import type { Embeddings } from '../../../nodes/EmbeddingsAimlApi/supplyEmbeddings';
import { clearCatalog } from '../../../nodes/shared/models/catalog';
import { forgetLimits } from '../../../nodes/shared/transport/limiters';
import { useSandbox } from '../../support/useSandbox';
import { runEmbeddings, type EmbeddingsRun } from '../../engine/embeddingsRun';

const sandbox = useSandbox();

beforeEach(() => {
	sandbox.setRate(null);
	clearCatalog();
	forgetLimits();
});

const texts = (count: number) => Array.from({ length: count }, (_, n) => `text number ${n}`);
const documents = async (list: string[], run?: EmbeddingsRun) =>
	await runEmbeddings(sandbox, async (model) => await model.embedDocuments(list), run);
const query = async (text: string, run?: EmbeddingsRun) =>
	await runEmbeddings(sandbox, async (model) => await model.embedQuery(text), run);
/** The vectors of documents that nothing stands in the way of. */
const vectorsOf = async (list: string[], run?: EmbeddingsRun) => {
	const { result, error } = await documents(list, run);
	expect(error).toBeUndefined();
	return result;
};
const posts = () => sandbox.requestLog.calls.filter(({ path }) => path === '/v1/embeddings');
const bodies = () => posts().map(({ body }) => body);
const refusal = { status: 400, message: 'Not this text' };

describe('documents', () => {
	test('documents become a vector each, in their order, the same as alone', async () => {
		const result = await vectorsOf(texts(5));
		expect(result.map(({ length }) => length)).toEqual(Array(5).fill(1536));
		expect(bodies()).toEqual([{ model: 'text-embedding-3-small', input: texts(5) }]);
		expect(result[3]).toEqual((await vectorsOf(['text number 3']))[0]);
	});

	test("documents go in batches of 'Batch Size', whose answers may come in any order", async () => {
		sandbox.faults.set([{ when: { path: '/v1/embeddings', nth: 1 }, do: { delayMs: 150 } }]);
		const result = await vectorsOf(texts(25), { fields: { options: { batchSize: 10 } } });
		expect(
			posts()
				.map(({ body }) => (body as { input: string[] }).input.length)
				.sort((a, b) => a - b),
		).toEqual([5, 10, 10]);
		expect(result).toEqual(await vectorsOf(texts(25)));
	});

	test('an empty list of documents sends nothing', async () => {
		const { result, log } = await documents([]);
		expect(result).toEqual([]);
		expect(posts()).toHaveLength(0);
		expect(log).toHaveLength(0);
	});

	test('documents of which one is empty are not sent', async () => {
		const { error } = await documents(['one', '', 'three']);
		expect(error).toMatchObject({
			message: 'Text 2 of 3 is empty',
			description: expect.stringContaining('document loader'),
		});
		expect(posts()).toHaveLength(0);
	});
});

describe('model parameters', () => {
	test('model parameters reach the model', async () => {
		const { result } = await query('One', { modelParameters: { dimensions: 64 } });
		expect(result).toHaveLength(64);
	});

	test('model parameters that ask for base64 give the same numbers', async () => {
		const result = await vectorsOf(texts(2), { modelParameters: { encoding_format: 'base64' } });
		expect(bodies()).toMatchObject([{ encoding_format: 'base64' }]);
		expect(result).toEqual(await vectorsOf(texts(2)));
	});

	test("model parameters join with 'Extra Body', which goes last", async () => {
		await query('One', {
			modelParameters: { dimensions: 64 },
			fields: { extraBody: '{"dimensions": 32}' },
		});
		expect(bodies()).toEqual([{ model: 'text-embedding-3-small', dimensions: 32, input: 'One' }]);
	});

	test('model parameters that the model does not accept are refused before anything is sent', async () => {
		const { error } = await query('One', { model: 'voyage-2', modelParameters: { dimensions: 5 } });
		expect(error).toMatchObject({
			message: "The model voyage-2 has no parameter 'Dimensions'",
			description: expect.stringContaining("'Model Parameters'"),
		});
		expect(posts()).toHaveLength(0);
	});
});

describe('what a text is for', () => {
	const model = 'text-multilingual-embedding-002';

	test('the input type is sent to a model that distinguishes documents and queries', async () => {
		await documents(texts(1), { model });
		await query('Which?', { model });
		expect(bodies()).toMatchObject([
			{ task_type: 'RETRIEVAL_DOCUMENT' },
			{ task_type: 'RETRIEVAL_QUERY' },
		]);
	});

	test('the input type is what the user set, if set', async () => {
		await query('Which?', { model, modelParameters: { task_type: 'CLUSTERING' } });
		expect(bodies()).toMatchObject([{ task_type: 'CLUSTERING' }]);
	});

	test.each(['text-embedding-3-small', 'voyage-2'])(
		'the input type is not sent to %s, which does not distinguish',
		async (other) => {
			await documents(['One'], { model: other });
			await query('One', { model: other });
			expect(bodies()).toEqual(Array(2).fill({ model: other, input: 'One' }));
		},
	);

	test("the input type is not sent when the schema can't be loaded", async () => {
		sandbox.faults.set([{ when: { path: '/docs-json' }, do: { status: 500 } }]);
		const { error } = await query('Which?', { model });
		expect(error).toBeUndefined();
		expect(bodies()).toEqual([{ model, input: 'Which?' }]);
	});
});

describe("n8n's run log", () => {
	const logged = { [NodeConnectionTypes.AiEmbedding]: [[{ json: expect.anything() }]] };

	test("n8n's run log has the documents, and what they used up in all batches", async () => {
		const list = texts(25);
		const { log } = await documents(list, { fields: { options: { batchSize: 10 } } });
		expect(log).toHaveLength(1);
		expect(log[0].executionStatus).toBe('success');
		expect(log[0].inputOverride).toEqual({ ai_embedding: [[{ json: { documents: list } }]] });
		expect(log[0].data).toMatchObject(logged);
		expect(log[0].data?.ai_embedding[0]?.[0].json).toEqual({
			vectors: 25,
			dimensions: 1536,
			model: 'text-embedding-3-small',
			usage: { inputTokens: expect.any(Number), totalTokens: expect.any(Number) },
			cost: {
				usd: expect.closeTo(
					posts().reduce((sum, { usd }) => sum + usd, 0),
					12,
				),
				credits: posts().reduce((sum, { credits }) => sum + credits, 0),
			},
		});
	});

	test("n8n's run log has a query", async () => {
		const { log } = await query('Which?');
		expect(log[0].inputOverride).toEqual({ ai_embedding: [[{ json: { query: 'Which?' } }]] });
		expect(log[0].data?.ai_embedding[0]?.[0].json).toMatchObject({ vectors: 1 });
	});

	test("n8n's run log has what failed", async () => {
		sandbox.faults.set([{ do: refusal, when: { path: '/v1/embeddings' } }]);
		const { log, error } = await query('Which?');
		expect(log[0]).toMatchObject({ executionStatus: 'error', error: { message: 'Not this text' } });
		expect(error).toMatchObject({
			message: 'Not this text',
			description: expect.stringContaining('Model: text-embedding-3-small, HTTP status: 400'),
			functionality: 'configuration-node',
		});
	});
});

describe('under the run policy', () => {
	test('what may pass is sent again', async () => {
		sandbox.faults.set([
			{ when: { path: '/v1/embeddings', nth: 1 }, do: { status: 500 } },
			{ when: { path: '/v1/embeddings', nth: 1 }, do: { reset: 'body' } },
		]);
		expect(await vectorsOf(texts(3))).toHaveLength(3);
		expect(posts()).toHaveLength(3);
	});

	test("'Max Retries' ends it", async () => {
		sandbox.faults.set([{ when: { path: '/v1/embeddings' }, do: { status: 503 } }]);
		const { error } = await documents(texts(3), { fields: { options: { maxRetries: 1 } } });
		expect(error?.description).toContain('HTTP status: 503');
		expect(posts()).toHaveLength(2);
	});

	test("'Timeout' ends the wait for an answer", async () => {
		sandbox.faults.set([{ when: { path: '/v1/embeddings' }, do: { delayMs: 5000 } }]);
		const { error } = await query('One', { fields: { options: { timeout: 1, maxRetries: 0 } } });
		expect(error?.message).toBe('The API did not answer within 1 s');
	});

	test.each([
		[false, 1],
		[true, 3],
	])(
		"with 'Retry on Timeout' %p a request that timed out, which may have been charged, is sent %i times",
		async (retryOnTimeout, times) => {
			sandbox.faults.set([{ when: { path: '/v1/embeddings' }, do: { delayMs: 5000 } }]);
			const options = { timeout: 0.2, maxRetries: 2, retryOnTimeout };
			const { error } = await query('One', { fields: { options } });
			expect(error?.message).toBe('The API did not answer within 0.2 s');
			expect(posts()).toHaveLength(times);
		},
	);

	test('no further batch is sent when one is refused', async () => {
		sandbox.faults.set([{ when: { contains: 'number 0"' }, do: refusal }]);
		sandbox.setLatency(20);
		const { error } = await documents(texts(60), { fields: { options: { batchSize: 1 } } });
		expect(error?.message).toBe('Not this text');
		await sleep(200);
		sandbox.setLatency(0);
		expect(posts().length).toBeLessThan(30);
	});

	test('a canceled execution sends no more, and its wait for the next attempt ends', async () => {
		const limited = {
			when: { path: '/v1/embeddings', nth: 1 },
			do: { status: 429, retryAfter: 20 },
		};
		sandbox.faults.set([limited]);
		let cancel = () => {};
		const asked = new Promise((resolve, reject) => {
			const embed = async (model: Embeddings) =>
				await model.embedDocuments(texts(1)).then(resolve, reject);
			void runEmbeddings(sandbox, embed as never, { onStart: (end) => (cancel = end) });
		});
		while (!posts().length) await sleep(5);
		cancel();
		// Were the request sent again, it would be answered.
		await expect(asked).rejects.toThrow();
		expect(posts()).toHaveLength(1);
	});

	test('an answer with too few vectors is an error', async () => {
		const body = JSON.stringify({ data: [{ index: 0, embedding: [1] }] });
		sandbox.faults.set([{ when: { path: '/v1/embeddings' }, do: { body } }]);
		const { error } = await documents(texts(2));
		expect(error?.message).toBe('The answer has no vector for each of the 2 texts');
	});

	test('a model that is not chosen is told', async () => {
		const { error } = await query('One', { model: '' });
		expect(error).toMatchObject({
			message: "'Model' is empty",
			description: expect.stringContaining('Choose a model from the list'),
		});
	});

	test('the key is in nothing that n8n stores', async () => {
		sandbox.faults.set([{ when: { path: '/v1/embeddings' }, do: refusal }]);
		const { run } = await query('Which?');
		expect(JSON.stringify(run)).not.toContain(sandbox.apiKey);
	});
});
