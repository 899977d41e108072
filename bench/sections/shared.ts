import { itemsOf } from '../../harness/runData';
import { markdownTable } from '../../test/simulation/markdown';
import { CHAT, ours } from '../candidates';
import { withBenchN8n, type BenchN8n } from '../benchN8n';
import { summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 5;
const RUNS = 10;
const ITEMS = 12;
const PER_SECOND = 5;
const ALL = RUNS * ITEMS;
/** The first requests pass at once, since the token bucket starts full. */
const IDEAL_SECONDS = (ALL - PER_SECOND) / PER_SECOND;

const workflows = Array.from({ length: RUNS }, (_, index) =>
	ours()(`together0000000${index}`, ITEMS, ''),
);

interface Together {
	delivered: number;
	/** Wall time of all over the ideal. */
	ratio: number;
	/** Time of the slowest run over the ideal, which is the same for all, since they share the limit fairly. */
	slowest: number;
	refused: number;
}

/** Runs all workflows at once. */
async function runTogether({ sandbox, rest }: BenchN8n): Promise<Together> {
	sandbox.requestLog.clear();
	sandbox.setRate({ requestsPerSecond: PER_SECOND, retryAfter: 'seconds' });
	const executions = await Promise.all(
		workflows.map(async ({ id }) => rest.runWorkflow(id, 'Run')),
	);
	sandbox.setRate(null);
	const asked = executions.map(({ data }) => data.resultData.runData.Ask[0]);
	const began = Math.min(...asked.map(({ startTime }) => startTime));
	const ended = Math.max(...asked.map(({ startTime, executionTime }) => startTime + executionTime));
	const slowest = Math.max(...asked.map(({ executionTime }) => executionTime));
	const calls = sandbox.requestLog.calls.filter(({ path }) => path === CHAT);
	return {
		delivered: executions.reduce((sum, { data }) => sum + itemsOf(data, 'Ask').length, 0),
		ratio: (ended - began) / 1000 / IDEAL_SECONDS,
		slowest: slowest / 1000 / IDEAL_SECONDS,
		refused: calls.filter(({ status }) => status === 429).length / ALL,
	};
}

async function measure(): Promise<string> {
	return await withBenchN8n(
		() => workflows,
		async (n8n) => {
			const rounds: Together[] = [];
			for (let round = 0; round < ROUNDS; round++) rounds.push(await runTogether(n8n));
			const of = (figure: keyof Together) => summarize(rounds.map((each) => each[figure]));
			return [
				markdownTable([
					['', 'figure', 'target'],
					[`delivered of ${ALL}`, String(of('delivered').median), String(ALL)],
					['wall time over ideal', toText(of('ratio'), 2), '≤ 1.2'],
					['slowest run, over its fair share of the time', toText(of('slowest'), 2), '≤ 1.5'],
					['refused requests per item', toText(of('refused'), 2), ''],
				]),
				`${RUNS} executions of ${ITEMS} items each at the same time in one n8n, with a limit of ${PER_SECOND} requests per second and \`Retry-After\`. The ideal is ${IDEAL_SECONDS} s. Medians of ${ROUNDS}.`,
			].join('\n\n');
		},
	);
}

/** Many executions that share the account's rate limit. */
export const shared: Section = {
	name: 'together',
	title: 'Many executions under one limit',
	measure,
};
