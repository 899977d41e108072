import { NodeConnectionTypes, sleep } from 'n8n-workflow';
import type { Embeddings } from '../../../nodes/EmbeddingsAimlApi/supplyEmbeddings';
import { forgetLimits } from '../../../nodes/shared/transport/limiters';
import type { FaultAction, FaultCondition } from '../../../sandbox';
import { runEmbeddings, type EmbeddingsRun } from '../../engine/embeddingsRun';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox();

const PATH = '/v1/embeddings';

beforeEach(forgetLimits);

const texts = (count: number) => Array.from({ length: count }, (_, n) => `text number ${n}`);
const documents = async (list: string[], run?: EmbeddingsRun) =>
	await runEmbeddings(sandbox, async (model) => await model.embedDocuments(list), run);
const query = async (text: string, run?: EmbeddingsRun) =>
	await runEmbeddings(sandbox, async (model) => await model.embedQuery(text), run);
/** The vectors of documents; fails on an error. */
const vectorsOf = async (list: string[], run?: EmbeddingsRun) => {
	const { result, error } = await documents(list, run);
	expect(error).toBeUndefined();
	return result;
};
const posts = () => sandbox.requestLog.calls.filter(({ path }) => path === PATH);
const bodies = () => posts().map(({ body }) => body);
const failWith = (action: FaultAction, when: FaultCondition = { path: PATH }) =>
	sandbox.faults.set([{ when, do: action }]);
const refusal = { status: 400, message: 'Not this text' };

describe('documents', () => {
	test('each document becomes one vector, in order, the same as on its own', async () => {
		const result = await vectorsOf(texts(5));
		expect(result.map(({ length }) => length)).toEqual(Array(5).fill(1536));
		expect(bodies()).toEqual([{ model: 'text-embedding-3-small', input: texts(5) }]);
		expect(result[3]).toEqual((await vectorsOf(['text number 3']))[0]);
	});

	test("documents are sent in batches of 'Batch Size', whose responses may arrive in any order", async () => {
		failWith({ delayMs: 150 }, { path: PATH, nth: 1 });
		const result = await vectorsOf(texts(25), { fields: { options: { batchSize: 10 } } });
		expect(
			posts()
				.map(({ body }) => (body as { input: string[] }).input.length)
				.sort((a, b) => a - b),
		).toEqual([5, 10, 10]);
		expect(result).toEqual(await vectorsOf(texts(25)));
	});

	test('an empty list of documents sends and logs nothing', async () => {
		const { result, log } = await documents([]);
		expect(result).toEqual([]);
		expect(posts()).toHaveLength(0);
		expect(log).toHaveLength(0);
	});

	test('an empty document is an error before anything is sent', async () => {
		const { error } = await documents(['one', '', 'three']);
		expect(error).toMatchObject({
			message: 'Text 2 of 3 is empty',
			description: expect.stringContaining('document loader'),
		});
		expect(posts()).toHaveLength(0);
	});
});

describe('model parameters', () => {
	test('model parameters are sent to the model', async () => {
		const { result } = await query('One', { modelParameters: { dimensions: 64 } });
		expect(result).toHaveLength(64);
	});

	test('vectors requested in base64 are the same numbers', async () => {
		const result = await vectorsOf(texts(2), { modelParameters: { encoding_format: 'base64' } });
		expect(bodies()).toMatchObject([{ encoding_format: 'base64' }]);
		expect(result).toEqual(await vectorsOf(texts(2)));
	});

	test("'Extra Body' overrides model parameters", async () => {
		await query('One', {
			modelParameters: { dimensions: 64 },
			fields: { extraBody: '{"dimensions": 32}' },
		});
		expect(bodies()).toEqual([{ model: 'text-embedding-3-small', dimensions: 32, input: 'One' }]);
	});

	test("a parameter that the model doesn't have is an error before anything is sent", async () => {
		const { error } = await query('One', { model: 'voyage-2', modelParameters: { dimensions: 5 } });
		expect(error).toMatchObject({
			message: "The model voyage-2 has no parameter 'Dimensions'",
			description: expect.stringContaining("'Model Parameters'"),
		});
		expect(posts()).toHaveLength(0);
	});
});

describe('input type', () => {
	const model = 'text-multilingual-embedding-002';

	test('a model that distinguishes documents and queries is sent the input type', async () => {
		await documents(texts(1), { model });
		await query('Which?', { model });
		expect(bodies()).toMatchObject([
			{ task_type: 'RETRIEVAL_DOCUMENT' },
			{ task_type: 'RETRIEVAL_QUERY' },
		]);
	});

	test('the input type in the model parameters wins', async () => {
		await query('Which?', { model, modelParameters: { task_type: 'CLUSTERING' } });
		expect(bodies()).toMatchObject([{ task_type: 'CLUSTERING' }]);
	});

	test.each(['text-embedding-3-small', 'voyage-2'])(
		'%s, which makes no distinction, is sent no input type',
		async (other) => {
			await documents(['One'], { model: other });
			await query('One', { model: other });
			expect(bodies()).toEqual(Array(2).fill({ model: other, input: 'One' }));
		},
	);

	test("the input type is not sent when the schema can't be loaded", async () => {
		failWith({ status: 500 }, { path: '/docs-json' });
		const { error } = await query('Which?', { model });
		expect(error).toBeUndefined();
		expect(bodies()).toEqual([{ model, input: 'Which?' }]);
	});
});

describe("n8n's run log", () => {
	const logged = { [NodeConnectionTypes.AiEmbedding]: [[{ json: expect.anything() }]] };

	test("n8n's run log has the documents, and the usage and cost of all batches", async () => {
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

	test("n8n's run log has the text of a query", async () => {
		const { log } = await query('Which?');
		expect(log[0].inputOverride).toEqual({ ai_embedding: [[{ json: { query: 'Which?' } }]] });
		expect(log[0].data?.ai_embedding[0]?.[0].json).toMatchObject({ vectors: 1 });
	});

	test("n8n's run log has the error of a failed query", async () => {
		failWith(refusal);
		const { log, error } = await query('Which?');
		expect(log[0]).toMatchObject({ executionStatus: 'error', error: { message: 'Not this text' } });
		expect(error).toMatchObject({
			message: 'Not this text',
			description: expect.stringContaining('Model: text-embedding-3-small, HTTP status: 400'),
			functionality: 'configuration-node',
		});
	});
});

describe('failures', () => {
	test('a server error and a broken connection are retried', async () => {
		sandbox.faults.set([
			{ when: { path: PATH, nth: 1 }, do: { status: 500 } },
			{ when: { path: PATH, nth: 1 }, do: { reset: 'body' } },
		]);
		expect(await vectorsOf(texts(3))).toHaveLength(3);
		expect(posts()).toHaveLength(3);
	});

	test("a server error is retried 'Max Retries' times", async () => {
		failWith({ status: 503 });
		const { error } = await documents(texts(3), { fields: { options: { maxRetries: 1 } } });
		expect(error?.description).toContain('HTTP status: 503');
		expect(posts()).toHaveLength(2);
	});

	test.each([
		[false, 1],
		[true, 3],
	])(
		"with 'Retry on Timeout' %p, a request that exceeds 'Timeout' is sent %i times",
		async (retryOnTimeout, times) => {
			failWith({ delayMs: 5000 });
			const options = { timeout: 0.2, maxRetries: 2, retryOnTimeout };
			const { error } = await query('One', { fields: { options } });
			expect(error?.message).toBe('The API did not answer within 0.2 s');
			expect(posts()).toHaveLength(times);
		},
	);

	test('a rejected batch cancels those not sent yet', async () => {
		failWith(refusal, { contains: 'number 0"' });
		sandbox.setLatency(20);
		const { error } = await documents(texts(60), { fields: { options: { batchSize: 1 } } });
		expect(error?.message).toBe('Not this text');
		await sleep(200);
		expect(posts().length).toBeLessThan(30);
	});

	test('a canceled execution stops waiting for its next attempt', async () => {
		failWith({ status: 429, retryAfter: 20 }, { path: PATH, nth: 1 });
		let cancel = () => {};
		const asked = new Promise((resolve, reject) => {
			const embed = async (model: Embeddings) =>
				await model.embedDocuments(texts(1)).then(resolve, reject);
			void runEmbeddings(sandbox, embed as never, { onStart: (end) => (cancel = end) });
		});
		while (!posts().length) await sleep(5);
		cancel();
		// A second attempt would succeed.
		await expect(asked).rejects.toThrow();
		expect(posts()).toHaveLength(1);
	});

	test('a response with too few vectors is an error', async () => {
		failWith({ body: JSON.stringify({ data: [{ index: 0, embedding: [1] }] }) });
		const { error } = await documents(texts(2));
		expect(error?.message).toBe('The answer has no vector for each of the 2 texts');
	});

	test("an invalid 'Extra Body' is an error that says what to check", async () => {
		const { error } = await query('One', { fields: { options: { extraBody: '{"a": 1' } } });
		expect(error).toMatchObject({
			message: "'Extra Body' isn't valid JSON",
			description: expect.stringContaining('Check quotes, commas and brackets'),
		});
		expect(posts()).toHaveLength(0);
	});

	test('a run without a model fails with an error that says to choose one', async () => {
		const { error } = await query('One', { model: '' });
		expect(error).toMatchObject({
			message: "'Model' is empty",
			description: expect.stringContaining('Choose a model from the list'),
		});
	});

	test('the API key is in nothing that n8n stores', async () => {
		failWith(refusal);
		const { run } = await query('Which?');
		expect(JSON.stringify(run)).not.toContain(sandbox.apiKey);
	});
});
