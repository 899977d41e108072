/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import { itemsOf, type RunData } from '../../harness/runData';
import { preparedN8n, type PreparedN8n } from './support/preparedN8n';
import type { N8nRest } from '../../harness/n8nRest';
import { aimlApiNode, chain, countingNodes } from './support/workflow';

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

let n8n: PreparedN8n;
let rest: N8nRest;

beforeAll(async () => {
	const workflows = [asking('manyInParallel01', 200, 10), asking('oneAfterAnother1', 20, 1)];
	n8n = await preparedN8n(workflows, { latencyMs: LATENCY_MS });
	({ rest } = await n8n.start());
});

afterAll(async () => await n8n?.end());

async function run(workflowId: string): Promise<RunData> {
	n8n.sandbox.ledger.clear();
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
	expect(n8n.sandbox.ledger.peakInFlight[CHAT]).toBe(1);
	return millisecondsPerItem(data);
}

async function runInParallel(): Promise<number> {
	const data = await run('manyInParallel01');
	const items = itemsOf(data, 'Ask');
	expect(items).toHaveLength(200);
	items.forEach(({ json, pairedItem }, index) => {
		expect(json.text).toContain(`"Number ${index}."`);
		expect(pairedItem).toEqual({ item: index });
	});
	expect(n8n.sandbox.ledger.peakInFlight[CHAT]).toBeLessThanOrEqual(10);
	return millisecondsPerItem(data);
}

test('200 items arrive in order and linked, 10 at a time, 6 times faster than one by one', async () => {
	const oneByOne = await bestOfThree(runOneByOne);
	const inParallel = await bestOfThree(runInParallel);
	const speedup = oneByOne / inParallel;
	process.stdout.write(
		`An answer after ${LATENCY_MS} ms: ${inParallel.toFixed(1)} ms an item with 10 in parallel, ` +
			`${oneByOne.toFixed(1)} ms one by one, ${speedup.toFixed(1)} times faster\n`,
	);
	expect(speedup).toBeGreaterThanOrEqual(6);
});
