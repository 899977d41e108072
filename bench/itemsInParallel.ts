/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs on the developer's machine, never inside n8n */
import { itemsOf } from '../harness/runData';
import { preparedN8n } from '../harness/preparedN8n';
import { aimlApiNode, chain, countingNodes } from '../harness/workflows/workflow';

/**
 * What 'Items in Parallel' gains in the real n8n where an answer takes 100 ms: milliseconds per item,
 * the best of three runs, since a busy machine only ever makes it slower.
 */
const LATENCY_MS = 100;
const ROUNDS = 3;
const RUNS = [
	{ itemsInParallel: 1, items: 20 },
	{ itemsInParallel: 10, items: 200 },
	{ itemsInParallel: 20, items: 200 },
];

const idOf = (itemsInParallel: number): string =>
	`inParallel${String(itemsInParallel).padStart(6, '0')}`;

const workflows = RUNS.map(({ itemsInParallel, items }) =>
	chain(idOf(itemsInParallel), [
		...countingNodes(items),
		aimlApiNode('Ask', {
			messages: { values: [{ role: 'user', content: '=Number {{ $json.n }}.' }] },
			options: { itemsInParallel },
		}),
	]),
);

async function measure(): Promise<void> {
	const n8n = await preparedN8n(workflows, { latencyMs: LATENCY_MS });
	try {
		const { rest } = await n8n.start();
		const millisecondsPerItem = async (workflowId: string): Promise<number> => {
			const { data } = await rest.runWorkflow(workflowId, 'Run');
			return data.resultData.runData.Ask[0].executionTime / itemsOf(data, 'Ask').length;
		};
		const best: number[] = [];
		for (const { itemsInParallel } of RUNS) {
			const times: number[] = [];
			for (let round = 0; round < ROUNDS; round++) {
				times.push(await millisecondsPerItem(idOf(itemsInParallel)));
			}
			best.push(Math.min(...times));
		}
		console.table(
			RUNS.map(({ itemsInParallel, items }, index) => ({
				'items in parallel': itemsInParallel,
				items,
				'ms per item': best[index].toFixed(1),
				'times as fast': (best[0] / best[index]).toFixed(1),
			})),
		);
	} finally {
		await n8n.end();
	}
}

void measure().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
