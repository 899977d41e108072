/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import { itemsOf, type RunData } from '../../harness/runData';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import type { N8nRest } from '../../harness/n8nRest';
import { aimlApiNode, chain, countingNodes } from '../../harness/workflows/workflow';

jest.setTimeout(900_000);

const LATENCY_MS = 100;
const CHAT = '/v1/chat/completions';

const asking = (id: string, count: number, itemsInParallel: number) =>
	chain(id, [
		...countingNodes(count),
		aimlApiNode('Ask', {
			messages: { values: [{ role: 'user', content: '=Number {{ $json.n }}.' }] },
			options: { itemsInParallel },
		}),
	]);

const inParallel = (limit: number) => `manyInParallel${limit}`;

let n8n: PreparedN8n;
let rest: N8nRest;

beforeAll(async () => {
	const workflows = [
		asking(inParallel(10), 200, 10),
		asking(inParallel(20), 200, 20),
		asking('oneAfterAnother1', 20, 1),
	];
	n8n = await preparedN8n(workflows, { latencyMs: LATENCY_MS });
	({ rest } = await n8n.start());
});

afterAll(async () => await n8n?.end());

async function run(workflowId: string): Promise<RunData> {
	n8n.sandbox.requestLog.clear();
	const { data, status } = await rest.runWorkflow(workflowId, 'Run');
	expect(status).toBe('success');
	return data;
}

const millisecondsPerItem = (data: RunData): number =>
	data.resultData.runData.Ask[0].executionTime / itemsOf(data, 'Ask').length;

/** The best of three, since a busy machine only ever makes it slower. */
async function bestOfThree(measure: () => Promise<number>): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < 3; round++) times.push(await measure());
	return Math.min(...times);
}

async function runOneByOne(): Promise<number> {
	const data = await run('oneAfterAnother1');
	expect(n8n.sandbox.requestLog.peakInFlight[CHAT]).toBe(1);
	return millisecondsPerItem(data);
}

async function runInParallel(limit: number): Promise<number> {
	const data = await run(inParallel(limit));
	const items = itemsOf(data, 'Ask');
	expect(items).toHaveLength(200);
	items.forEach(({ json, pairedItem }, index) => {
		expect(json.text).toContain(`"Number ${index}."`);
		expect(pairedItem).toEqual({ item: index });
	});
	expect(n8n.sandbox.requestLog.peakInFlight[CHAT]).toBeLessThanOrEqual(limit);
	return millisecondsPerItem(data);
}

test('200 items arrive in order and linked, within the limit, 6 times faster than one by one', async () => {
	const one = await bestOfThree(runOneByOne);
	const ten = await bestOfThree(async () => await runInParallel(10));
	const twenty = await bestOfThree(async () => await runInParallel(20));
	const told = [one, ten, twenty].map((ms) => `${ms.toFixed(1)} ms (${(one / ms).toFixed(1)}x)`);
	process.stdout.write(
		`An item whose answer takes ${LATENCY_MS} ms: ${told[0]} one by one, ${told[1]} with 10 in parallel, ${told[2]} with 20\n`,
	);
	expect(one / twenty).toBeGreaterThanOrEqual(6);
});
