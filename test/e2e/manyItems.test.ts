import type { RunningN8n } from '../../harness/n8nProcess';
import type { Execution, N8nRest } from '../../harness/n8nRest';
import { itemsOf } from '../../harness/runData';
import type { FaultRule } from '../../sandbox';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import { until } from '../../harness/until';
import { aimlApiNode, chain, countingNodes, type Workflow } from '../../harness/workflows/workflow';

jest.setTimeout(900_000);

const CHAT = '/v1/chat/completions';
/** Longer than the test waits for the requests to end. */
const ENDLESS_MS = 600_000;
const messages = { values: [{ role: 'user', content: '=Number {{ $json.n }}.' }] };

/** A workflow that asks about so many numbers, with the node's settings as given. */
const asking = (
	id: string,
	count: number,
	settings: object = {},
	options: object = {},
): Workflow => {
	const workflow = chain(id, [...countingNodes(count), aimlApiNode('Ask', { messages, options })]);
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => (node.name === 'Ask' ? { ...node, ...settings } : node)),
	};
};

let n8n: PreparedN8n;
let server: RunningN8n;
let rest: N8nRest;
const seen: Execution[] = [];

beforeAll(async () => {
	n8n = await preparedN8n([
		asking('rateLimited00001', 60),
		asking('randomFaults0001', 500),
		asking('retryOnFail00001', 40, { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 }),
		asking('errorOutput00001', 40, { onError: 'continueErrorOutput' }),
		asking('cancelled0000001', 200, {}, { itemsInParallel: 5 }),
	]);
	({ server, rest } = await n8n.start());
});

afterAll(async () => await n8n?.end());

beforeEach(() => {
	n8n.sandbox.requestLog.clear();
	n8n.sandbox.faults.clear();
	n8n.sandbox.setRate(null);
	n8n.sandbox.setLatency(0);
});

async function run(workflowId: string, faults: FaultRule[] = []): Promise<Execution> {
	n8n.sandbox.faults.set(faults);
	const execution = await rest.runWorkflow(workflowId, 'Run');
	seen.push(execution);
	return execution;
}

const chatCalls = () => n8n.sandbox.requestLog.calls.filter(({ path }) => path === CHAT);
const numberOf = (text: unknown): number =>
	Number(/Number (\d+)\./.exec(JSON.stringify(text))?.[1]);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

test('60 items at 5 requests a second all arrive, and few requests are refused', async () => {
	n8n.sandbox.setLatency(100);
	n8n.sandbox.setRate({ requestsPerSecond: 5, retryAfter: 'seconds' });
	const { data, status } = await run('rateLimited00001');
	expect(status).toBe('success');
	expect(itemsOf(data, 'Ask').map(({ json }) => numberOf(json.text))).toEqual(upTo(60));

	const refused = chatCalls().filter(({ status: code }) => code === 429).length;
	expect(refused / chatCalls().length).toBeLessThanOrEqual(0.15);
});

test('500 items with 20% random faults: all arrive in order, each paid for exactly once', async () => {
	// What may have been charged is sent again only once.
	const once = { path: CHAT, rate: 0.5, firstAttempts: 1 };
	const { data, status } = await run('randomFaults0001', [
		{ when: { path: CHAT, rate: 0.05 }, do: { status: 500 } },
		{ when: { path: CHAT, rate: 0.05 }, do: { status: 503 } },
		{ when: { ...once, contains: '3.' }, do: { html: true } },
		{ when: { ...once, contains: '7.' }, do: { reset: 'before' } },
	]);
	expect(status).toBe('success');
	const items = itemsOf(data, 'Ask');
	expect(items.map(({ json }) => numberOf(json.text))).toEqual(upTo(500));
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(upTo(500).map((item) => ({ item })));
	const paid = chatCalls().filter(({ credits }) => credits > 0);
	expect(paid.map(({ body }) => numberOf(body)).sort((a, b) => a - b)).toEqual(upTo(500));
	expect(chatCalls().length).toBeGreaterThan(550);
});

test("with 'Retry On Fail' on, the finished items are not sent again", async () => {
	const refusal = { status: 400, message: 'Not this time' };
	const { data, status } = await run('retryOnFail00001', [
		{ when: { path: CHAT, contains: 'Number 33.', nth: 1 }, do: refusal },
	]);
	expect(status).toBe('success');
	expect(itemsOf(data, 'Ask')).toHaveLength(40);
	const sent = chatCalls().map(({ body }) => numberOf(body));
	expect(sent.filter((number) => number === 33)).toHaveLength(2);
	expect(sent.filter((number) => number !== 33).sort((a, b) => a - b)).toEqual(
		upTo(40).filter((number) => number !== 33),
	);
});

test('with an error output, failing items take it with their data and link, the others go on', async () => {
	const { data, status } = await run('errorOutput00001', [
		{ when: { path: CHAT, contains: '7.' }, do: { status: 400, message: 'No sevens' } },
	]);
	expect(status).toBe('success');
	const sevens = [7, 17, 27, 37];
	expect(itemsOf(data, 'Ask').map(({ json }) => numberOf(json.text))).toEqual(
		upTo(40).filter((number) => !sevens.includes(number)),
	);
	expect(itemsOf(data, 'Ask', 1)).toEqual(
		sevens.map((n) => ({
			json: {
				n,
				error: {
					message: 'No sevens',
					description: expect.stringContaining('rejected the request'),
					httpStatus: 400,
					requestId: expect.any(String),
					model: 'openai/gpt-4o-mini',
				},
			},
			pairedItem: { item: n },
		})),
	);
});

test('stopping the execution ends its open requests, and nothing is sent after', async () => {
	n8n.sandbox.setLatency(ENDLESS_MS);
	const executionId = await rest.startWorkflow('cancelled0000001');
	await until('a request', async () => chatCalls().length > 0 || undefined);
	await rest.stopExecution(executionId);
	const areAborted = async () => chatCalls().every(({ aborted }) => aborted) || undefined;
	await until('the end of the requests', areAborted);
	const execution = await rest.execution(executionId);
	seen.push(execution);
	expect(execution.status).toBe('canceled');

	n8n.sandbox.setLatency(0);
	const stopped = chatCalls().length;
	expect(stopped).toBeLessThanOrEqual(5);
	await run('errorOutput00001');
	expect(chatCalls()).toHaveLength(stopped + 40);
});

test('the key is in no run data and no log of all this', () => {
	expect(seen.length).toBeGreaterThanOrEqual(5);
	expect(JSON.stringify(seen)).not.toContain(n8n.sandbox.apiKey);
	expect(server.log()).not.toContain(n8n.sandbox.apiKey);
});
