/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { runChild } from '../../harness/childProcess';
import type { Sandbox } from '../../sandbox';
import { markdownTable } from '../../test/simulation/markdown';
import { basicChain, CHAT, httpRequest, openAiAgent, openAiNode, ours } from '../candidates';
import { withBenchN8n, type BenchN8n } from '../benchN8n';
import { inTurns, summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 5;
const PARALLEL = 10;
const SITUATIONS = [
	{ latencyMs: 100, items: 200, few: 20, target: 6.5 },
	{ latencyMs: 1000, items: 200, few: 8, target: 9 },
];

/** Slow ones send one item after another, and get fewer items. */
const CANDIDATES = {
	'AI/ML API (this package)': { make: ours(), isSlow: false },
	"HTTP Request (n8n's, no cap)": { make: httpRequest, isSlow: false },
	"OpenAI (n8n's)": { make: openAiNode, isSlow: true },
	"Basic LLM Chain, n8n's OpenAI Chat Model": { make: basicChain, isSlow: true },
	"AI Agent, n8n's OpenAI Chat Model": { make: openAiAgent, isSlow: true },
} as const;
const OURS = 'AI/ML API (this package)';
const FLOOR = `a plain undici loop, ${PARALLEL} requests at once`;
type Name = keyof typeof CANDIDATES | typeof FLOOR;
const NAMES = [...Object.keys(CANDIDATES), FLOOR] as Name[];

const idOf = (situation: number, name: Name) => `through${situation}0000000${NAMES.indexOf(name)}`;

const workflowsOf = (url: string) =>
	SITUATIONS.flatMap(({ items, few }, situation) =>
		Object.entries(CANDIDATES).map(([name, { make, isSlow }]) =>
			make(idOf(situation, name as Name), isSlow ? few : items, url),
		),
	);

async function measureItemsPerSecond(
	n8n: BenchN8n,
	situation: number,
	name: Name,
): Promise<number> {
	const { items, few, latencyMs } = SITUATIONS[situation];
	n8n.sandbox.requestLog.clear();
	n8n.sandbox.setLatency(latencyMs);
	if (name === FLOOR) return items / (await measureFloorSeconds(n8n.sandbox, items));
	const count = CANDIDATES[name as keyof typeof CANDIDATES].isSlow ? few : items;
	const workflow = workflowsOf(n8n.sandbox.url).find(({ id }) => id === idOf(situation, name))!;
	return count / (await n8n.run(workflow, count)).seconds;
}

async function measureFloorSeconds({ url, apiKey }: Sandbox, items: number): Promise<number> {
	const program = join(__dirname, '../undiciLoop.cjs');
	const args = [program, url + CHAT, apiKey, String(items), String(PARALLEL)];
	const { code, output } = await runChild(process.execPath, args, {});
	if (code !== 0) throw new Error(output);
	return Number(output);
}

async function measure(): Promise<string> {
	return await withBenchN8n(workflowsOf, async (n8n) => {
		const tables: string[] = [];
		for (const [situation, { latencyMs, items, target }] of SITUATIONS.entries()) {
			const rates = await inTurns(NAMES, ROUNDS, async (name) =>
				measureItemsPerSecond(n8n, situation, name),
			);
			const own = summarize(rates[OURS]).median;
			const rows = NAMES.map((name) => {
				const rate = summarize(rates[name]);
				return [name, toText(rate), (own / rate.median).toFixed(2)];
			});
			tables.push(
				`${items} items, answers after ${latencyMs} ms; target: ${target} times the OpenAI node${latencyMs === 1000 ? ', 0.9 times the undici loop' : ''}`,
				markdownTable([['', 'items per second', 'this package is … times as fast'], ...rows]),
			);
		}
		return [
			...tables,
			`Default options; medians of ${ROUNDS} runs that took turns. HTTP Request sends all items at once, whatever the API allows. The others limit requests in flight, and those that send one item after another got fewer items.`,
		].join('\n\n');
	});
}

/** Items per second, compared with n8n's own nodes. */
export const throughput: Section = { name: 'throughput', title: 'Throughput', measure };
