/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential } from '../harness/demoContent';
import type { RunningN8n } from '../harness/n8nProcess';
import type { N8nRest } from '../harness/n8nRest';
import { preparedN8n, type PreparedN8n } from '../harness/preparedN8n';
import { itemsOf } from '../harness/runData';
import { openAiCredential } from '../harness/workflows/openAi';
import type { Workflow } from '../harness/workflows/workflow';
import type { Sandbox } from '../sandbox';
import { FLOOR_SETTINGS } from './candidates';

/** Longer than the interval of the probe's lines. */
const PROBE_MS = 400;
const WITHIN_MS = 300_000;
/** How often n8n is asked whether a run has ended: rarely, so that it does little but run it. */
export const ASK_EVERY_MS = 1000;

/** The real n8n with a probe loaded into it, which measures workflows. */
export interface BenchN8n {
	sandbox: Sandbox;
	server: RunningN8n;
	rest: N8nRest;
	/** The folder of n8n's data and of the files that the probe writes. */
	userFolder: string;
	/** Runs a workflow and measures its node 'Ask'. @throws Error unless it outputs so many items */
	run(workflow: Workflow, items: number): Promise<Run>;
}

/** What a run of the node 'Ask' took. */
export interface Run {
	seconds: number;
	/** CPU time of n8n's main thread. */
	cpuSeconds: number;
	/** CPU time of the longest block of n8n's event loop. */
	blockedSeconds: number;
	/** By how much the memory in use grew at most; 0 without `measuresMemory`. */
	grownBytes: number;
}

interface Sample {
	at: number;
	/** The longest block of the event loop since the sample before. */
	longest: { cpuMs: number };
	usedCpuMs: number;
	liveBytes: number | null;
}

interface BenchOptions {
	/** IDs of the workflows that can be called from outside. */
	published?: string[];
	/** Credentials besides those of this package and of n8n's OpenAI nodes. */
	credentials?: (sandbox: Sandbox) => Credential[];
	/** Collects garbage every two seconds, which slows n8n down. */
	measuresMemory?: boolean;
}

/** Starts an n8n with the workflows, runs the steps, and ends it. */
export async function withBenchN8n<T>(
	workflows: (sandboxUrl: string) => Workflow[],
	steps: (n8n: BenchN8n) => Promise<T>,
	{ published = [], credentials = () => [], measuresMemory = false }: BenchOptions = {},
): Promise<T> {
	const n8n = await preparedN8n(
		workflows,
		{},
		(sandbox) => [openAiCredential(sandbox), ...credentials(sandbox)],
		{ ...FLOOR_SETTINGS, ...(measuresMemory && { PROBE_MEMORY: 'true' }) },
	);
	try {
		for (const id of published) await n8n.cli.publish(id);
		const { server, rest } = await n8n.start({ preload: [join(__dirname, 'probe.cjs')] });
		const { sandbox } = n8n;
		const run = async (workflow: Workflow, items: number) =>
			await measured({ n8n, rest }, workflow, items);
		return await steps({ sandbox, server, rest, userFolder: n8n.userFolder, run });
	} finally {
		await n8n.end();
	}
}

async function measured(
	{ n8n, rest }: { n8n: PreparedN8n; rest: N8nRest },
	{ id }: Workflow,
	items: number,
): Promise<Run> {
	await sleep(PROBE_MS);
	const executionId = await rest.startWorkflow(id);
	const { data, status } = await rest.execution(executionId, WITHIN_MS, ASK_EVERY_MS);
	await sleep(PROBE_MS);
	const arrived = itemsOf(data, 'Ask').length;
	if (status !== 'success' || arrived !== items) {
		const said = data.resultData.error?.message ?? '';
		throw new Error(`${id}: ${arrived} of ${items} items, ${status} ${said}`);
	}
	const [{ startTime, executionTime }] = data.resultData.runData.Ask;
	const lines = (await readFile(join(n8n.userFolder, 'probe.jsonl'), 'utf8')).trim().split('\n');
	const samples = lines.map((line) => JSON.parse(line) as Sample);
	return {
		seconds: executionTime / 1000,
		...between(samples, startTime, startTime + executionTime),
	};
}

function between(samples: Sample[], began: number, ended: number) {
	const before = samples.filter(({ at }) => at <= began);
	const end = samples.findIndex(({ at }) => at >= ended);
	const during = samples.slice(before.length, end + 1);
	const live = (some: Sample[]) => some.flatMap(({ liveBytes }) => liveBytes ?? []);
	return {
		cpuSeconds: (during.at(-1)!.usedCpuMs - before.at(-1)!.usedCpuMs) / 1000,
		blockedSeconds: Math.max(...during.map(({ longest }) => longest.cpuMs)) / 1000,
		grownBytes: Math.max(0, Math.max(...live(during)) - (live(before).at(-1) ?? 0)),
	};
}
