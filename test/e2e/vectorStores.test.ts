import type { RunningN8n } from '../../harness/n8nProcess';
import type { Execution, N8nRest } from '../../harness/n8nRest';
import { startPgvector, type PgvectorServer } from '../../harness/pgvectorServer';
import { itemsOf } from '../../harness/runData';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import { aimlApiCredential, withSubNodes } from '../../harness/workflows/subNodes';
import { chain, example, type Workflow, type WorkflowNode } from '../../harness/workflows/workflow';

jest.setTimeout(900_000);

const COUNT = 300;
const QUESTION = 'Which order has the green lantern for Oslo?';
const ANSWER = 'The green lantern goes to Oslo.';

/** 300 sentences of ten colors, six things and five cities, each with words of its own. */
const sentences = `={{ (() => {
	const colors = ['red', 'green', 'blue', 'white', 'black', 'yellow', 'purple', 'orange', 'silver', 'golden'];
	const things = ['lantern', 'bicycle', 'umbrella', 'teapot', 'guitar', 'blanket'];
	const cities = ['Oslo', 'Lisbon', 'Nairobi', 'Quito', 'Hanoi'];
	const rows = [];
	for (const color of colors) for (const thing of things) for (const city of cities) {
		rows.push({ text: 'The ' + color + ' ' + thing + ' goes to ' + city + '.' });
	}
	return { rows };
})() }}`;

type Part = Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;

/** Inserts the sentences into a vector store and asks it the question. */
const storing = (
	id: string,
	store: Part,
	options: object = {},
	model = 'text-embedding-3-small',
): Workflow => {
	const part = (name: string, parameters: object) => ({
		...store,
		name,
		parameters: { ...store.parameters, ...parameters },
	});
	const workflow = chain(id, [
		{
			name: 'Sentences',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: sentences, options: {} },
		},
		{
			name: 'Items',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'rows', options: {} },
		},
		part('Insert', { mode: 'insert' }),
		{ name: 'First', type: 'n8n-nodes-base.limit', typeVersion: 1, parameters: {} },
		part('Ask', { mode: 'load', prompt: QUESTION, topK: 3 }),
	]);
	return withSubNodes(workflow, [
		{
			name: 'Embeddings',
			type: 'n8n-nodes-aimlapi-models.embeddingsAimlApi',
			typeVersion: 1,
			parameters: { model: { __rl: true, mode: 'id', value: model }, options },
			credentials: aimlApiCredential,
			connection: 'ai_embedding',
			serves: ['Insert', 'Ask'],
		},
		{
			name: 'Documents',
			type: '@n8n/n8n-nodes-langchain.documentDefaultDataLoader',
			typeVersion: 1.1,
			parameters: { jsonMode: 'expressionData', jsonData: '={{ $json.text }}', options: {} },
			connection: 'ai_document',
			serves: ['Insert'],
		},
	]);
};

const inMemory = (memoryKey: string): Part => ({
	type: '@n8n/n8n-nodes-langchain.vectorStoreInMemory',
	typeVersion: 1.3,
	parameters: { memoryKey: { __rl: true, mode: 'id', value: memoryKey } },
});

const postgres = { id: 'postgresOfTest01', name: 'Postgres account' };
const pgvector: Part = {
	type: '@n8n/n8n-nodes-langchain.vectorStorePGVector',
	typeVersion: 1.3,
	parameters: { tableName: 'orders', options: {} },
	credentials: { postgres },
};

const handbook = example('ask-the-handbook');

let database: PgvectorServer;
let n8n: PreparedN8n;
let server: RunningN8n;
let rest: N8nRest;
const seen: Execution[] = [];

beforeAll(async () => {
	database = await startPgvector();
	const { host, port } = database;
	const access = { host, port, database: 'postgres', user: 'postgres', password: 'postgres' };
	n8n = await preparedN8n(
		[
			storing('inMemory00000001', inMemory('plain'), { batchSize: 50 }),
			storing('kinds00000000001', inMemory('kinds'), {}, 'text-multilingual-embedding-002'),
			storing('pgvector00000001', pgvector),
			storing('refused000000001', inMemory('refused'), { maxRetries: 1 }),
			handbook,
		],
		{},
		[{ ...postgres, type: 'postgres', data: { ...access, ssl: 'disable', maxConnections: 5 } }],
	);
	({ server, rest } = await n8n.start());
});

afterAll(async () => {
	await n8n?.end();
	await database?.stop();
});

beforeEach(() => {
	n8n.sandbox.requestLog.clear();
	n8n.sandbox.faults.clear();
});

async function run(workflowId: string): Promise<Execution> {
	const execution = await rest.runWorkflow(workflowId, 'Run');
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
	expect(execution.data.resultData.error).toBeUndefined();
	expect(execution.status).toBe('success');
	expect(itemsOf(execution.data, 'Insert')).toHaveLength(COUNT);
	expect(found(execution)).toHaveLength(3);
	expect(found(execution)[0]).toBe(ANSWER);
};

test('300 documents go into the In-Memory Vector Store, and the right one comes back', async () => {
	const execution = await run('inMemory00000001');
	expectStoredAndFound(execution);
	expect(bodies().map(sizeOf)).toEqual([50, 50, 50, 50, 50, 50, 1]);
	expect(bodies().at(-1)).toEqual({ model: 'text-embedding-3-small', input: QUESTION });
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
		{ documents: expect.arrayContaining([ANSWER]) },
		{ documents: expect.any(Array) },
		{ query: QUESTION },
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
	const execution = await rest.runWorkflow(handbook.id, 'Run by Hand');
	seen.push(execution);
	const { data, status } = execution;
	expect([data.resultData.error?.message, status]).toEqual([undefined, 'success']);
	const [answer] = itemsOf(data, 'Answer the Question');
	expect(answer.json.output).toContain('thirty days of leave');
	expect(bodies().map(sizeOf)).toEqual([6, 1]);
});

test('the key is in no run data and no log of all this', () => {
	expect(seen.length).toBeGreaterThanOrEqual(6);
	expect(JSON.stringify(seen)).not.toContain(n8n.sandbox.apiKey);
	expect(server.log()).not.toContain(n8n.sandbox.apiKey);
});
