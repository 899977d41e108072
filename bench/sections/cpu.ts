/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../harness/until';
import { markdownTable } from '../../test/simulation/markdown';
import { engineFloor, httpRequest, ours } from '../candidates';
import { selfTimeByPart, type CpuProfile } from '../cpuProfile';
import { withBenchN8n, type BenchN8n } from '../benchN8n';
import { inTurns, summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 5;
const SIZES = [10, 100, 1000, 5000];
/** The number of items for which the target applies, and the profile is taken. */
const JUDGED = 1000;
const CANDIDATES = { ours: ours(), http: httpRequest, floor: engineFloor };
type Name = keyof typeof CANDIDATES;
const NAMES = Object.keys(CANDIDATES) as Name[];

const idOf = (name: Name, items: number) =>
	`cpu${name.padEnd(6, '0')}${String(items).padStart(7, '0')}`;

const workflowsOf = (url: string) =>
	NAMES.flatMap((name) => SIZES.map((items) => CANDIDATES[name](idOf(name, items), items, url)));

/** The parts of n8n, by the files of their functions. */
const PARTS: Record<string, RegExp> = {
	'this package': /n8n-nodes-aimlapi-models/,
	expressions: /expression|isolated-vm|tournament/i,
	HTTP: /axios|follow-redirects|node:(_?http|https|net|internal\/streams|stream|zlib)|agent-base|form-data/,
	"n8n's engine": /n8n-core|n8n-workflow/,
};

async function measure(): Promise<string> {
	return await withBenchN8n(workflowsOf, async (n8n) => {
		const workflows = workflowsOf(n8n.sandbox.url);
		const run = async (name: Name, items: number) =>
			await n8n.run(workflows.find(({ id }) => id === idOf(name, items))!, items);
		for (const name of NAMES) await run(name, 100);
		const rows: string[][] = [];
		let judged = '';
		for (const items of SIZES) {
			const cpu = await inTurns(NAMES, ROUNDS, async (name) => {
				const { cpuSeconds } = await run(name, items);
				return (cpuSeconds * 1000) / items;
			});
			const [own, http, floor] = NAMES.map((name) => summarize(cpu[name]));
			rows.push([
				String(items),
				...[own, http, floor].map((each) => toText(each, 2)),
				(own.median / http.median).toFixed(2),
				(own.median / floor.median).toFixed(2),
			]);
			if (items === JUDGED) {
				const bound = Math.max(1.5 * http.median, 1.25 * floor.median);
				judged = `At ${JUDGED} items: ${(own.median / bound).toFixed(2)} of the limit, which is 1.5 times HTTP Request or 1.25 times the engine's floor, whichever is larger.`;
			}
		}
		return [
			markdownTable([
				[
					'items',
					'this package, ms',
					'HTTP Request, ms',
					"engine's floor, ms",
					'over HTTP',
					'over floor',
				],
				...rows,
			]),
			judged,
			`CPU time of n8n's main thread per item, with immediate answers; medians of ${ROUNDS} runs that took turns. The engine's floor is a declarative node with one field that sends the same request with the same credential.`,
			'Where the time goes at 1,000 items, from a CPU profile of one more run, in ms per item:',
			await profileCandidates(n8n, run),
		].join('\n\n');
	});
}

/** A table of the CPU time per item and part, from a profiled run of each candidate. */
async function profileCandidates(
	{ userFolder }: BenchN8n,
	run: (name: Name, items: number) => Promise<unknown>,
): Promise<string> {
	const parts = [...Object.keys(PARTS), 'garbage collection', 'others'];
	const columns: string[][] = [];
	for (const name of NAMES) {
		const file = join(userFolder, 'n8n.cpuprofile');
		await rm(file, { force: true });
		await writeFile(join(userFolder, 'profile'), '');
		await run(name, JUDGED);
		await rm(join(userFolder, 'profile'));
		const profile = await until(
			'the profile',
			async () =>
				await readFile(file, 'utf8')
					.then((text) => JSON.parse(text) as CpuProfile)
					.catch(() => undefined),
		);
		const times = selfTimeByPart(profile, PARTS);
		columns.push(parts.map((part) => ((times[part] ?? 0) / JUDGED).toFixed(2)));
	}
	return markdownTable([
		['', 'this package', 'HTTP Request', "engine's floor"],
		...parts.map((part, row) => [part, ...columns.map((column) => column[row])]),
	]);
}

/** CPU time per item, for more and more items. */
export const cpu: Section = { name: 'cpu', title: 'CPU time, and growth', measure };
