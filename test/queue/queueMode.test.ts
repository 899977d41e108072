/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, never inside n8n */
import { startMailbox, type Mailbox } from '../../harness/mailbox';
import type { RunningN8n } from '../../harness/n8nProcess';
import type { Execution, N8nRest } from '../../harness/n8nRest';
import { startPgvector } from '../../harness/pgvectorServer';
import { preparedQueueMode, type QueueMode } from '../../harness/queueMode';
import { itemsOf } from '../../harness/runData';
import type { Service } from '../../harness/service';
import { until } from '../../harness/until';
import {
	approvedAgent,
	BOTH_TOOLS,
	chatModel,
	smtpCredential,
} from '../../harness/workflows/agents';
import {
	pgvector,
	pgvectorCredential,
	STORE_ANSWER,
	storing,
} from '../../harness/workflows/vectorStores';
import {
	aimlApiNode,
	byId,
	chain,
	countingNodes,
	example,
	NUMBER_PROMPT,
	numberIn,
	type Workflow,
} from '../../harness/workflows/workflow';
import type { FaultRule, Sandbox } from '../../sandbox';
import { expectSuccess } from '../support/useN8n';

jest.setTimeout(600_000);

const CHAT = '/v1/chat/completions';
const THINKING = 'sandbox/needs-reasoning';
/** n8n ignores approvals from what looks like a bot that follows links. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const BY_HAND = 'Run by Hand';

/** A workflow with one of our nodes after a webhook. */
function webhookWorkflow(id: string, responseMode: string, node: ReturnType<typeof aimlApiNode>) {
	const workflow = chain(id, [node]);
	const [trigger, ...others] = workflow.nodes;
	const parameters = { httpMethod: 'POST', path: id, responseMode, options: {} };
	const type = 'n8n-nodes-base.webhook';
	const called = { ...trigger, type, typeVersion: 2, parameters, webhookId: id };
	return { ...workflow, nodes: [called, ...others] };
}

const asking = (content: string) =>
	aimlApiNode('Ask', { messages: { values: [{ role: 'user', content }] } });

const answering = webhookWorkflow(
	'queueWebhook0001',
	'lastNode',
	asking('=Number {{ $json.body.n }}.'),
);
const manyItems = chain('queueManyItems01', [...countingNodes(300), asking(NUMBER_PROMPT)]);
const pictures = example('picture-to-3d');
const animation = example('animate-a-picture');
const store = storing('queuePgvector001', pgvector);
const approved = approvedAgent('queueApproval001', chatModel(THINKING));
const starting = chain('queueStartVideo1', [
	aimlApiNode('Start', {
		resource: 'video',
		operation: 'generate',
		model: byId('google/veo-3.1-t2v-fast'),
		prompt: 'A boat',
		options: { waitForCompletion: false },
	}),
]);
const fetching = webhookWorkflow(
	'queueFetchVideo1',
	'onReceived',
	aimlApiNode('Fetch', {
		resource: 'generation',
		operation: 'get',
		kind: '={{ $json.body.kind }}',
		generationId: '={{ $json.body.generationId }}',
		options: { pollInterval: 1 },
	}),
);

let mailbox: Mailbox;
let database: Service;
let queue: QueueMode;
let sandbox: Sandbox;
let main: RunningN8n;
let rest: N8nRest;
let workers: RunningN8n[] = [];
/** All workers so far, including those that have ended. */
const allWorkers: RunningN8n[] = [];
const seen: Execution[] = [];

beforeAll(async () => {
	mailbox = await startMailbox();
	database = await startPgvector();
	queue = await preparedQueueMode(
		[answering, manyItems, pictures, animation, store, approved, starting, fetching],
		{ jobPace: { pollsUntilDone: 2 } },
		[pgvectorCredential(database), smtpCredential(mailbox)],
	);
	({ sandbox } = queue.n8n);
	const { cli } = queue.n8n;
	await Promise.all([answering, fetching].map(async ({ id }) => await cli.publish(id)));
	[{ server: main, rest }] = await Promise.all([queue.startMain(), fillWorkers()]);
});

afterAll(async () => {
	await queue?.end();
	await database?.stop();
	await mailbox?.close();
});

/** Starts workers until there are two. */
async function fillWorkers(): Promise<void> {
	const missing = Array.from({ length: 2 - workers.length }, async () => queue.startWorker());
	const started = await Promise.all(missing);
	workers.push(...started);
	allWorkers.push(...started);
}

async function endWorker(worker: RunningN8n, isKilled: boolean): Promise<void> {
	if (isKilled) process.kill(-worker.pid, 'SIGKILL');
	await worker.stop();
	workers = workers.filter((each) => each !== worker);
}

beforeEach(async () => {
	await fillWorkers();
	sandbox.requestLog.clear();
	sandbox.faults.clear();
});

const start = async ({ id }: Workflow, trigger?: string): Promise<string> =>
	await rest.startWorkflow(id, trigger);

/** Calls the webhook of a workflow. */
const call = async ({ id }: Workflow, body: object) =>
	await fetch(`${main.url}/webhook/${id}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

async function ended(executionId: string): Promise<Execution> {
	const execution = await rest.execution(executionId);
	seen.push(execution);
	return execution;
}

async function run(workflow: Workflow, trigger?: string, faults: FaultRule[] = []) {
	sandbox.faults.set(faults);
	return expectSuccess(await ended(await start(workflow, trigger)));
}

/** The workers that have worked on an execution, in the order of their start. */
const workersOf = (executionId: string): RunningN8n[] =>
	allWorkers.filter((worker) => worker.log().includes(`started execution ${executionId} `));

const workerOf = async (executionId: string): Promise<RunningN8n> =>
	await until('a worker to begin', () => workersOf(executionId)[0]);

const callsTo = (path: string) => sandbox.requestLog.calls.filter((call) => call.path === path);
const paid = () => sandbox.requestLog.calls.filter(({ credits }) => credits > 0);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const paidNumbers = () =>
	paid()
		.map(({ body }) => numberIn(body))
		.sort((one, another) => one - another);

test('50 calls of a webhook at once are answered each with its own, by both workers', async () => {
	const answers = await Promise.all(
		upTo(50).map(async (n) => {
			const answer = await call(answering, { n });
			return numberIn(await answer.json());
		}),
	);
	expect(answers).toEqual(upTo(50));
	expect(paidNumbers()).toEqual(upTo(50));
	for (const worker of workers) expect(worker.log()).toMatch(/started execution/);
});

test('300 items with faults on the way all arrive in order, each paid for once', async () => {
	const data = await run(manyItems, 'Run', [
		{ when: { path: CHAT, rate: 0.05 }, do: { status: 500 } },
		{ when: { path: CHAT, rate: 0.05 }, do: { status: 429, retryAfter: 1 } },
		{ when: { path: CHAT, rate: 0.5, firstAttempts: 1, contains: '7.' }, do: { reset: 'before' } },
	]);
	expect(itemsOf(data, 'Ask').map(({ json }) => numberIn(json.text))).toEqual(upTo(300));
	expect(paidNumbers()).toEqual(upTo(300));
	expect(callsTo(CHAT).length).toBeGreaterThan(300);
});

interface StoredFile {
	id: string;
}

test.each([
	['pictures and a 3D model', pictures, ['Generate an Image', 'Edit the Image', 'Make a 3D Model']],
	['a video', animation, ['Animate It']],
])(
	'files of %s that a worker made are read through the main process',
	async (_, workflow, nodes) => {
		const data = await run(workflow, BY_HAND);
		const items = nodes.flatMap((node) => itemsOf(data, node));
		expect(items).toHaveLength(nodes.length);
		for (const { json, binary } of items) {
			const { id } = (binary as Record<'data', StoredFile>).data;
			expect(id).toMatch(/^database:/);
			expect((await rest.file(id)).length).toBe(json.fileSize);
		}
		const ids = paid().map(({ requestId }) => requestId);
		expect(new Set(ids).size).toBe(ids.length);
	},
);

test('a vector store on PostgreSQL takes 300 documents and finds the right one', async () => {
	const data = await run(store);
	expect(itemsOf(data, 'Insert')).toHaveLength(300);
	const [{ json }] = itemsOf(data, 'Ask');
	expect(json.document).toMatchObject({ pageContent: STORE_ANSWER });
	expect(callsTo('/v1/embeddings')).toHaveLength(4);
	expect(paid()).toHaveLength(4);
});

test('an agent that waits for an approval goes on at another worker, its reasoning with it', async () => {
	const executionId = await start(approved);
	const mail = await mailbox.nextMail();
	const [link] = /http:\/\/localhost:\d+\/[^"\s]*approved=true[^"\s]*/.exec(mail)!;
	const first = await workerOf(executionId);
	await rest.waitingExecution(executionId);
	await endWorker(first, false);
	const [second] = workers;
	expect(workersOf(executionId)).toEqual([first]);

	const headers = { 'user-agent': BROWSER };
	expect((await fetch(link.replaceAll('&amp;', '&'), { headers })).status).toBe(200);
	const data = expectSuccess(await ended(executionId));
	expect(new Set(workersOf(executionId))).toEqual(new Set([first, second]));
	expect(itemsOf(data, 'Agent')[0].json.output).toContain('391');

	const turns = callsTo(CHAT).filter(({ model }) => model === THINKING);
	expect(turns.map(({ status: code }) => code)).toEqual([200, 200]);
	expect(JSON.stringify(turns[0].body)).toContain(JSON.stringify(BOTH_TOOLS).slice(1, -1));
	const { messages } = turns[1].body as { messages: Array<Record<string, unknown>> };
	expect(messages[2].reasoning_content).toContain('The user wants an answer');
});

test("'Get a Generation' fetches at another worker what a killed one was waiting for", async () => {
	sandbox.setJobPace({ msUntilDone: 10_000 });
	const [{ json: started }] = itemsOf(await run(starting), 'Start');
	const polls = () => sandbox.requestLog.calls.filter(({ polledJob }) => polledJob !== undefined);
	const fetchAnew = async () => {
		const known = await rest.executionIds(fetching.id);
		await call(fetching, started);
		return await until('the execution', async () =>
			(await rest.executionIds(fetching.id)).find((id) => !known.includes(id)),
		);
	};

	const first = await fetchAnew();
	await until('the first poll', () => polls()[0]);
	const killed = await workerOf(first);
	await endWorker(killed, true);
	const pollsOfKilled = polls().length;
	expect(sandbox.jobs.all.at(-1)).toMatchObject({ state: expect.not.stringMatching('completed') });

	const second = await fetchAnew();
	const data = expectSuccess(await ended(second));
	expect(workersOf(second)).toEqual(workers);
	const [{ json, binary }] = itemsOf(data, 'Fetch');
	expect(json.id).toBe(started.generationId);
	const { id: fileId } = (binary as Record<'data', StoredFile>).data;
	expect((await rest.file(fileId)).length).toBe(json.fileSize);

	// The killed worker had only polls in flight: they are sent again and cost nothing.
	expect(polls().length).toBeGreaterThan(pollsOfKilled);
	expect(polls().filter(({ credits }) => credits > 0)).toEqual([]);
	expect(paid().map(({ startedJob }) => startedJob)).toEqual([started.generationId]);
	expect((await ended(first)).status).not.toBe('success');
});

test('a worker that is killed amid items that are paid for loses these and no others, and a new execution pays for each once', async () => {
	const items = 300;
	const killedAfter = 40;
	sandbox.setLatency(200);
	const first = await start(manyItems, 'Run');
	const killed = await workerOf(first);
	await until('items to be paid for', () => paid().length >= killedAfter);
	await endWorker(killed, true);
	expect((await ended(first)).status).not.toBe('success');
	const lost = paid();
	sandbox.setLatency(0);
	expect(lost.length).toBeGreaterThanOrEqual(killedAfter);
	expect(lost.length).toBeLessThan(items);
	// n8n doesn't run the execution of a killed worker again by itself.
	expect(new Set(lost.map(({ body }) => numberIn(body))).size).toBe(lost.length);
	expect(workersOf(first)).toEqual([killed]);

	sandbox.requestLog.clear();
	const data = await run(manyItems, 'Run');
	expect(itemsOf(data, 'Ask').map(({ json }) => numberIn(json.text))).toEqual(upTo(items));
	expect(paidNumbers()).toEqual(upTo(items));
});

test('the key is in no run data and no log of all this', () => {
	expect(seen.length).toBeGreaterThanOrEqual(6);
	expect(JSON.stringify(seen)).not.toContain(sandbox.apiKey);
	for (const { log } of [main, ...allWorkers]) expect(log()).not.toContain(sandbox.apiKey);
});
