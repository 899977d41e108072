import { markdownTable } from '../../test/simulation/markdown';
import { CHAT, engineFloor, ours } from '../candidates';
import { withBenchN8n, type Run, type BenchN8n } from '../benchN8n';
import { summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 5;
const ITEMS = 5000;
const OURS = ours()('soakOurs00000001', ITEMS, '');
const FLOOR = engineFloor('soakFloor0000001', ITEMS, '');

/** One request in ten fails at the first attempt. */
const FAULTS = [
	{ when: { path: CHAT, rate: 0.05 }, do: { status: 500 } },
	// A broken connection is retried only once, so no item may meet it twice.
	{ when: { path: CHAT, rate: 0.05, firstAttempts: 1 }, do: { reset: 'before' as const } },
];

/** @throws Error if an item is missing or was not paid for exactly once */
async function runWithFaults({ sandbox, run }: BenchN8n): Promise<Run & { requests: number }> {
	sandbox.requestLog.clear();
	sandbox.faults.set(FAULTS);
	const figures = await run(OURS, ITEMS);
	sandbox.faults.clear();
	const { paidCalls, calls } = sandbox.requestLog;
	if (paidCalls !== ITEMS) throw new Error(`${paidCalls} of ${ITEMS} items were paid for`);
	return { ...figures, requests: calls.filter(({ path }) => path === CHAT).length };
}

async function measure(): Promise<string> {
	return await withBenchN8n(
		() => [OURS, FLOOR],
		async (n8n) => {
			const runs: Array<Run & { requests: number }> = [];
			const floors: Run[] = [];
			for (let round = 0; round < ROUNDS; round++) {
				runs.push(await runWithFaults(n8n));
				n8n.sandbox.requestLog.clear();
				floors.push(await n8n.run(FLOOR, ITEMS));
			}
			const row = (name: string, figure: (run: Run) => number, digits = 1) => [
				name,
				toText(summarize(runs.map(figure)), digits),
				toText(summarize(floors.map(figure)), digits),
			];
			const { median } = summarize(runs.map(({ requests }) => requests));
			return [
				markdownTable([
					[`${ITEMS} items`, `this package, ${median} requests`, "engine's floor, no faults"],
					row('seconds', ({ seconds }) => seconds),
					row('CPU time per item, ms', ({ cpuSeconds }) => (cpuSeconds * 1000) / ITEMS, 2),
					row('longest block of the event loop, s', ({ blockedSeconds }) => blockedSeconds),
				]),
				`In one execution, one request in ten fails at first with an error 500 or a broken connection. In each of ${ROUNDS} rounds, every item arrived and was paid for once; medians. The longest block is n8n preparing all items before the node sends the first.`,
			].join('\n\n');
		},
	);
}

/** Thousands of items with faults in one execution. */
export const soak: Section = { name: 'soak', title: 'Thousands of items with faults', measure };
