import type { Execution } from '../../harness/n8nRest';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import { until } from '../../harness/until';
import {
	aimlApiNode,
	chain,
	countingNodes,
	NUMBER_PROMPT,
	numberIn,
	type Workflow,
} from '../../harness/workflows/workflow';
import type { FaultRule } from '../../sandbox';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

const CHAT = '/v1/chat/completions';
/** Longer than the test waits for the requests to end. */
const ENDLESS_MS = 600_000;
const messages = { values: [{ role: 'user', content: NUMBER_PROMPT }] };

/** A workflow that asks about `count` numbers in a node with the given settings and options. */
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

const workflows = [
	asking('rateLimited00001', 60),
	asking('randomFaults0001', 500),
	asking('retryOnFail00001', 40, { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 }),
	asking('errorOutput00001', 40, { onError: 'continueErrorOutput' }),
	asking('cancelled0000001', 200, {}, { itemsInParallel: 5 }),
];
const n8n = useN8n(async () => await preparedN8n(workflows));
const seen: Execution[] = [];

beforeEach(() => {
	n8n.sandbox.setRate(null);
	n8n.sandbox.setLatency(0);
});

async function run(workflowId: string, faults: FaultRule[] = []): Promise<Execution> {
	n8n.sandbox.faults.set(faults);
	const execution = await n8n.rest.runWorkflow(workflowId, 'Run');
	seen.push(execution);
	return execution;
}

const chatCalls = () => n8n.sandbox.requestLog.calls.filter(({ path }) => path === CHAT);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

test('60 items at 5 requests a second all arrive with few refusals, and the next run knows the limit', async () => {
	n8n.sandbox.setLatency(100);
	n8n.sandbox.setRate({ requestsPerSecond: 5, retryAfter: 'seconds' });
	const runAndCountRefused = async () => {
		const before = chatCalls().length;
		const data = expectSuccess(await run('rateLimited00001'));
		expect(itemsOf(data, 'Ask').map(({ json }) => numberIn(json.text))).toEqual(upTo(60));
		return chatCalls()
			.slice(before)
			.filter(({ status }) => status === 429).length;
	};
	expect(await runAndCountRefused()).toBeLessThanOrEqual(15);
	expect(await runAndCountRefused()).toBeLessThanOrEqual(8);
});

test('500 items with 20% random faults: all arrive in order, each paid for exactly once', async () => {
	// A request that may have been charged is sent again only once.
	const once = { path: CHAT, rate: 0.5, firstAttempts: 1 };
	const data = expectSuccess(
		await run('randomFaults0001', [
			{ when: { path: CHAT, rate: 0.05 }, do: { status: 500 } },
			{ when: { path: CHAT, rate: 0.05 }, do: { status: 503 } },
			{ when: { ...once, contains: '3.' }, do: { html: true } },
			{ when: { ...once, contains: '7.' }, do: { reset: 'before' } },
		]),
	);
	const items = itemsOf(data, 'Ask');
	expect(items.map(({ json }) => numberIn(json.text))).toEqual(upTo(500));
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(upTo(500).map((item) => ({ item })));
	const paid = chatCalls().filter(({ credits }) => credits > 0);
	expect(paid.map(({ body }) => numberIn(body)).sort((a, b) => a - b)).toEqual(upTo(500));
	expect(chatCalls().length).toBeGreaterThan(550);
});

test("with 'Retry On Fail' on, the finished items are not sent again", async () => {
	const refusal = { status: 400, message: 'Not this time' };
	const data = expectSuccess(
		await run('retryOnFail00001', [
			{ when: { path: CHAT, contains: 'Number 33.', nth: 1 }, do: refusal },
		]),
	);
	expect(itemsOf(data, 'Ask')).toHaveLength(40);
	const sent = chatCalls().map(({ body }) => numberIn(body));
	expect(sent.filter((number) => number === 33)).toHaveLength(2);
	expect(sent.filter((number) => number !== 33).sort((a, b) => a - b)).toEqual(
		upTo(40).filter((number) => number !== 33),
	);
});

test('with an error output, failing items take it with their data and link, the others go on', async () => {
	const data = expectSuccess(
		await run('errorOutput00001', [
			{ when: { path: CHAT, contains: '7.' }, do: { status: 400, message: 'No sevens' } },
		]),
	);
	const sevens = [7, 17, 27, 37];
	expect(itemsOf(data, 'Ask').map(({ json }) => numberIn(json.text))).toEqual(
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
	const executionId = await n8n.rest.startWorkflow('cancelled0000001');
	await until('a request', () => chatCalls().length > 0);
	await n8n.rest.stopExecution(executionId);
	await until('the end of the requests', () => chatCalls().every(({ aborted }) => aborted));
	const execution = await n8n.rest.execution(executionId);
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
	expect(n8n.server.log()).not.toContain(n8n.sandbox.apiKey);
});
