import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import { aimlApiNode, chain, countingNodes, NUMBER_PROMPT } from '../../harness/workflows/workflow';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

const CHAT = '/v1/chat/completions';
/** Longer than n8n takes to send as many requests as may be in flight. */
const LATENCY_MS = 3000;
const RUNS = [
	{ limit: 1, items: 3 },
	{ limit: 10, items: 40 },
	{ limit: 20, items: 80 },
];

const idOf = (limit: number) => `manyInParallel${limit}`;

const n8n = useN8n(async () => {
	const workflows = RUNS.map(({ limit, items }) =>
		chain(idOf(limit), [
			...countingNodes(items),
			aimlApiNode('Ask', {
				messages: { values: [{ role: 'user', content: NUMBER_PROMPT }] },
				options: { itemsInParallel: limit },
			}),
		]),
	);
	return await preparedN8n(workflows, { latencyMs: LATENCY_MS });
});

test.each(RUNS)(
	'$items items arrive in order and linked, $limit of them in flight at once and no more',
	async ({ limit, items: count }) => {
		const data = expectSuccess(await n8n.rest.runWorkflow(idOf(limit)));
		const items = itemsOf(data, 'Ask');
		expect(items).toHaveLength(count);
		items.forEach(({ json, pairedItem }, index) => {
			expect(json.text).toContain(`"Number ${index}."`);
			expect(pairedItem).toEqual({ item: index });
		});
		expect(n8n.sandbox.requestLog.calls.filter(({ path }) => path === CHAT)).toHaveLength(count);
		expect(n8n.sandbox.requestLog.peakInFlight[CHAT]).toBe(limit);
	},
);
