import type { Execution } from '../../harness/n8nRest';
import { startPgvector } from '../../harness/pgvectorServer';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import type { Service } from '../../harness/service';
import {
	inMemory,
	pgvector,
	pgvectorCredential,
	STORE_ANSWER,
	STORE_QUESTION,
	storing,
} from '../../harness/workflows/vectorStores';
import { example } from '../../harness/workflows/workflow';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

const COUNT = 300;
const handbook = example('ask-the-handbook');

let database: Service;
const seen: Execution[] = [];
const workflows = [
	storing('inMemory00000001', inMemory('plain'), { batchSize: 50 }),
	storing('kinds00000000001', inMemory('kinds'), {}, 'text-multilingual-embedding-002'),
	storing('pgvector00000001', pgvector),
	storing('refused000000001', inMemory('refused'), { maxRetries: 1 }),
	handbook,
];

beforeAll(async () => {
	database = await startPgvector();
});
const n8n = useN8n(async () => await preparedN8n(workflows, {}, [pgvectorCredential(database)]));
afterAll(async () => await database?.stop());

async function run(workflowId: string, trigger?: string): Promise<Execution> {
	const execution = await n8n.rest.runWorkflow(workflowId, trigger);
	seen.push(execution);
	return execution;
}

const embeddingCalls = () =>
	n8n.sandbox.requestLog.calls.filter(({ path }) => path === '/v1/embeddings');
const bodies = () => embeddingCalls().map(({ body }) => body as Record<string, unknown>);
const sizeOf = ({ input }: Record<string, unknown>) => (Array.isArray(input) ? input.length : 1);
const found = ({ data }: Execution) =>
	itemsOf(data, 'Ask').map(({ json }) => (json.document as { pageContent: string }).pageContent);

const expectStoredAndFound = (execution: Execution) => {
	expect(itemsOf(expectSuccess(execution), 'Insert')).toHaveLength(COUNT);
	expect(found(execution)).toHaveLength(3);
	expect(found(execution)[0]).toBe(STORE_ANSWER);
};

test('300 documents go into the In-Memory Vector Store, and the right one comes back', async () => {
	const execution = await run('inMemory00000001');
	expectStoredAndFound(execution);
	expect(bodies().map(sizeOf)).toEqual([50, 50, 50, 50, 50, 50, 1]);
	expect(bodies().at(-1)).toEqual({ model: 'text-embedding-3-small', input: STORE_QUESTION });
});

test('300 documents go into PostgreSQL with pgvector, and the right one comes back', async () => {
	expectStoredAndFound(await run('pgvector00000001'));
	expect(bodies().map(sizeOf)).toEqual([100, 100, 100, 1]);
});

test("n8n's run log has what went in, what came out and what it cost", async () => {
	const { data } = await run('inMemory00000001');
	const log = data.resultData.runData.Embeddings as unknown as Array<{
		executionStatus: string;
		inputOverride: { ai_embedding: Array<Array<{ json: { documents?: string[] } }>> };
		data: { ai_embedding: Array<Array<{ json: Record<string, unknown> }>> };
	}>;
	const inputs = log.map(({ inputOverride }) => inputOverride.ai_embedding[0][0].json);
	const outputs = log.map(({ data: output }) => output.ai_embedding[0][0].json);
	expect(inputs).toEqual([
		{ documents: expect.arrayContaining([STORE_ANSWER]) },
		{ documents: expect.any(Array) },
		{ query: STORE_QUESTION },
	]);
	expect(outputs.map(({ vectors }) => vectors)).toEqual([200, 100, 1]);
	const credits = outputs.map(({ cost }) => (cost as { credits: number }).credits);
	expect(credits.reduce((sum, count) => sum + count)).toBe(
		embeddingCalls().reduce((sum, call) => sum + call.credits, 0),
	);
	expect(outputs[0]).toMatchObject({
		dimensions: 1536,
		model: 'text-embedding-3-small',
		usage: { inputTokens: expect.any(Number) },
	});
});

test('a model that distinguishes documents and questions is told which is which', async () => {
	expectStoredAndFound(await run('kinds00000000001'));
	expect(bodies().map(({ task_type }) => task_type)).toEqual([
		'RETRIEVAL_DOCUMENT',
		'RETRIEVAL_DOCUMENT',
		'RETRIEVAL_DOCUMENT',
		'RETRIEVAL_QUERY',
	]);
});

test('a rate limit and a fault on the way do not keep the documents out', async () => {
	n8n.sandbox.faults.set([
		{ when: { path: '/v1/embeddings', nth: 1 }, do: { status: 429, retryAfter: 1 } },
		{ when: { path: '/v1/embeddings', nth: 2 }, do: { status: 500 } },
	]);
	expectStoredAndFound(await run('inMemory00000001'));
	expect(embeddingCalls().filter(({ status }) => status !== 200)).toHaveLength(2);
});

test('what stays refused stops the vector store, in the words of the API', async () => {
	n8n.sandbox.faults.set([
		{ when: { path: '/v1/embeddings' }, do: { status: 402, message: 'No credits left' } },
	]);
	const { status, data } = await run('refused000000001');
	expect(status).toBe('error');
	expect(data.resultData.error).toMatchObject({
		message: 'No credits left',
		description: expect.stringContaining('Top up at'),
	});
	const [call] = data.resultData.runData.Embeddings;
	expect(call).toMatchObject({ executionStatus: 'error', error: { message: 'No credits left' } });
});

test('an agent answers from the passages that it finds in the store', async () => {
	const data = expectSuccess(await run(handbook.id, 'Run by Hand'));
	const [answer] = itemsOf(data, 'Answer the Question');
	expect(answer.json.output).toContain('thirty days of leave');
	expect(bodies().map(sizeOf)).toEqual([6, 1]);
});

test('the key is in no run data and no log of all this', () => {
	expect(seen.length).toBeGreaterThanOrEqual(6);
	expect(JSON.stringify(seen)).not.toContain(n8n.sandbox.apiKey);
	expect(n8n.server.log()).not.toContain(n8n.sandbox.apiKey);
});
