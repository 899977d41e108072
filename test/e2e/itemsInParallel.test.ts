import { itemsOf } from '../../harness/runData';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import type { N8nRest } from '../../harness/n8nRest';
import { aimlApiNode, chain, countingNodes } from '../../harness/workflows/workflow';

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

let n8n: PreparedN8n;
let rest: N8nRest;

beforeAll(async () => {
	const workflows = RUNS.map(({ limit, items }) =>
		chain(idOf(limit), [
			...countingNodes(items),
			aimlApiNode('Ask', {
				messages: { values: [{ role: 'user', content: '=Number {{ $json.n }}.' }] },
				options: { itemsInParallel: limit },
			}),
		]),
	);
	n8n = await preparedN8n(workflows, { latencyMs: LATENCY_MS });
	({ rest } = await n8n.start());
});

afterAll(async () => await n8n?.end());

test.each(RUNS)(
	'$items items arrive in order and linked, $limit of them in flight at once and no more',
	async ({ limit, items: count }) => {
		n8n.sandbox.requestLog.clear();
		const { data, status } = await rest.runWorkflow(idOf(limit), 'Run');
		expect(status).toBe('success');
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
