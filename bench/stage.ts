/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential } from '../harness/demoContent';
import type { RunningN8n } from '../harness/n8nProcess';
import type { N8nRest } from '../harness/n8nRest';
import { preparedN8n, type PreparedN8n } from '../harness/preparedN8n';
import { itemsOf } from '../harness/runData';
import type { Workflow } from '../harness/workflows/workflow';
import type { Sandbox } from '../sandbox';
import { FLOOR_SETTINGS, openAiCredential } from './candidates';

/** Longer than the probe takes between two lines. */
const PROBE_MS = 400;
const WITHIN_MS = 300_000;
/** How often n8n is asked for the end: seldom, so that it has nothing to do but run the workflow. */
export const ASK_EVERY_MS = 1000;

/** The real n8n with its probe, on which workflows are measured. */
export interface Stage {
	sandbox: Sandbox;
	server: RunningN8n;
	rest: N8nRest;
	/** n8n's data, among it what the probe writes. */
	userFolder: string;
	/** Runs a workflow whose node 'Ask' puts out so many items. */
	run(workflow: Workflow, items: number): Promise<Run>;
}

/** What the node 'Ask' took. */
export interface Run {
	seconds: number;
	/** Of n8n's main thread, in seconds. */
	cpuSeconds: number;
	/** CPU time of the longest block of n8n's event loop, in seconds. */
	blockedSeconds: number;
	/** Bytes by which the memory in use grew at most; 0 unless the stage measures memory. */
	grownBytes: number;
}

interface Sample {
	at: number;
	/** The longest block of the event loop since the sample before. */
	longest: { cpuMs: number };
	usedCpuMs: number;
	liveBytes: number | null;
}

interface StageOptions {
	/** IDs of the workflows that can be called from outside. */
	published?: string[];
	/** More credentials than the demo's and the one of n8n's OpenAI nodes. */
	credentials?: (sandbox: Sandbox) => Credential[];
	/** Collects garbage all the time, which slows n8n down. */
	measuresMemory?: boolean;
}

/** Runs the steps in an n8n that has the workflows. */
export async function onStage<T>(
	workflows: (sandboxUrl: string) => Workflow[],
	steps: (stage: Stage) => Promise<T>,
	{ published = [], credentials = () => [], measuresMemory = false }: StageOptions = {},
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
