/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { importCredential } from '../harness/demoContent';
import { n8nCli } from '../harness/n8nCli';
import { installedN8n } from '../harness/n8nInstall';
import { startN8n } from '../harness/n8nProcess';
import { N8nRest, type Execution } from '../harness/n8nRest';
import { installPackage, packedPackage } from '../harness/packedPackage';
import { freePort } from '../harness/ports';
import { itemsOf } from '../harness/runData';
import { startSandbox, type Sandbox } from '../sandbox';
import { aimlApiNode, chain, countingNodes } from '../harness/workflows/workflow';
import { longestStretch, type CpuProfile } from './cpuProfile';

/**
 * Thousands of items with faults in one execution of the real n8n: how long its event loop is blocked,
 * compared with n8n's own loop around a run policy that only hands out a finished item, and what the
 * memory in use grows by. The two take turns in one n8n, so that load on the machine meets both; CPU
 * time of n8n's main thread is compared, as other processes do not add to it. Medians of all rounds.
 *
 * `npm run bench:soak -- <items> <rounds>`
 */
const ITEMS = Number(process.argv[2] ?? 5000);
const ROUNDS = Number(process.argv[3] ?? 3);
const WARM_UP_ITEMS = 200;
const CHAT = '/v1/chat/completions';
/** For longer than the probe takes between two collections of garbage. */
const ALL_IN_MEMORY_MS = 4500;

/** Names of the nodes, by which the installed package tells which policy to use. */
const OURS = 'Ask';
const ENGINE = 'Engine alone';
type Variant = typeof OURS | typeof ENGINE;

/** A line of the probe. */
interface Sample {
	at: number;
	longest: { ms: number; cpuMs: number };
	usedCpuMs: number;
	liveBytes: number | null;
}

/** An execution as the probe saw it. */
interface Measure {
	seconds: number;
	blockedMs: number;
	blockedCpuMs: number;
	/** The second longest block. */
	nextCpuMs: number;
	cpuMs: number;
	grownBytes: number;
	itemBytes: number;
	requests: number;
}

const asking = (id: string, name: string, items: number) =>
	chain(id, [
		...countingNodes(items),
		aimlApiNode(name, {
			messages: { values: [{ role: 'user', content: '=Number {{ $json.n }}.' }] },
		}),
	]);
const WARM_UP = asking('soakWarmUp000001', OURS, WARM_UP_ITEMS);
const WORKFLOWS = {
	[OURS]: asking('soakOurs00000001', OURS, ITEMS),
	[ENGINE]: asking('soakEngine000001', ENGINE, ITEMS),
};

/**
 * Takes the place of the run policy in the installed package. For the node 'Engine alone' an item is a
 * copy of an answer that ours gave, a little later, so that all are in memory together for a while:
 * what is left is n8n's own loop and what n8n needs for the items.
 */
const SWITCH = `
let answerOfOurs;
function withRunPolicy(operation, fields) {
	const policy = ourRunPolicy(operation, fields);
	return function (request) {
		if (this.getExecuteData().node.name !== '${ENGINE}') return policy.call(this, request);
		const file = require('node:path').join(process.env.N8N_USER_FOLDER, 'answer.json');
		answerOfOurs ??= require('node:fs').readFileSync(file, 'utf8');
		return handOut(this.getItemIndex());
	};
}
async function handOut(item) {
	const items = [{ json: JSON.parse(answerOfOurs), pairedItem: { item } }];
	await require('n8n-workflow').sleep(${ALL_IN_MEMORY_MS});
	return items;
}
`;

async function installWithSwitch(userFolder: string): Promise<void> {
	await installPackage(await packedPackage(), userFolder);
	const bundle = join(
		userFolder,
		'.n8n/nodes/node_modules/n8n-nodes-aimlapi-models/dist/nodes/bundle.js',
	);
	const code = await readFile(bundle, 'utf8');
	const renamed = code.replace('function withRunPolicy(', 'function ourRunPolicy(');
	if (renamed === code) throw new Error('The package has no function named withRunPolicy');
	await writeFile(bundle, renamed + SWITCH);
}

interface Stage {
	rest: N8nRest;
	sandbox: Sandbox;
	userFolder: string;
}

/** Runs the steps in an n8n that has the switched package and the workflows. */
async function onStage<T>(steps: (stage: Stage) => Promise<T>): Promise<T> {
	const userFolder = await mkdtemp(join(tmpdir(), 'aimlapi-soak-'));
	const sandbox = await startSandbox();
	const n8n = await installedN8n();
	await installWithSwitch(userFolder);
	const cli = n8nCli(n8n, userFolder);
	await importCredential(cli, sandbox);
	const file = join(userFolder, 'workflows.json');
	await writeFile(file, JSON.stringify([WARM_UP, ...Object.values(WORKFLOWS)]));
	await cli.importWorkflows(file);
	const preload = [join(__dirname, 'probe.cjs')];
	const server = await startN8n(n8n, { userFolder, port: await freePort(), preload });
	try {
		const rest = new N8nRest(server.url);
		await rest.logIn();
		return await steps({ rest, sandbox, userFolder });
	} finally {
		await server.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** Compiles what both run, and gets the answer that n8n's own loop hands out. */
async function warmUp({ rest, userFolder, sandbox }: Stage): Promise<void> {
	const { data } = await execute(rest, WARM_UP.id);
	const [{ json }] = itemsOf(data, OURS);
	await writeFile(join(userFolder, 'answer.json'), JSON.stringify(json));
	sandbox.faults.set([
		{ when: { path: CHAT, rate: 0.05 }, do: { status: 500 } },
		// A connection that breaks is tried once more, so an item meets it once.
		{ when: { path: CHAT, rate: 0.05, firstAttempts: 1 }, do: { reset: 'before' } },
	]);
}

async function measure(stage: Stage, variant: Variant): Promise<Measure> {
	const { rest, sandbox, userFolder } = stage;
	sandbox.requestLog.clear();
	await sleep(5000);
	const { data } = await execute(rest, WORKFLOWS[variant].id);
	await sleep(1000);
	const items = itemsOf(data, variant);
	const requests = sandbox.requestLog.calls.filter(({ path }) => path === CHAT).length;
	const paid = variant === OURS ? ITEMS : 0;
	if (JSON.stringify(data).includes(sandbox.apiKey)) throw new Error('The run data has the key');
	if (items.length !== ITEMS || sandbox.requestLog.paidCalls !== paid) {
		throw new Error(
			`${items.length} items came out, ${sandbox.requestLog.paidCalls} were paid for`,
		);
	}
	const [{ startTime, executionTime }] = data.resultData.runData[variant];
	const lines = (await readFile(join(userFolder, 'probe.jsonl'), 'utf8')).trim().split('\n');
	const samples = lines.map((line) => JSON.parse(line) as Sample);
	const seen = whatWasSeen(samples, startTime, startTime + executionTime);
	const itemBytes = JSON.stringify(items).length;
	return { seconds: executionTime / 1000, ...seen, itemBytes, requests };
}

function whatWasSeen(samples: Sample[], began: number, ended: number) {
	const start = samples.findIndex(({ at }) => at >= began);
	const end = samples.findIndex(({ at }) => at >= ended);
	const before = samples.slice(0, start);
	const during = samples.slice(start, end + 1);
	const [longest, next] = during.map((sample) => sample.longest).sort((a, b) => b.cpuMs - a.cpuMs);
	const live = (some: Sample[]) => some.flatMap(({ liveBytes }) => liveBytes ?? []);
	return {
		blockedMs: longest.ms,
		blockedCpuMs: longest.cpuMs,
		nextCpuMs: next.cpuMs,
		cpuMs: during.at(-1)!.usedCpuMs - before.at(-1)!.usedCpuMs,
		grownBytes: Math.max(...live(during)) - live(before).at(-1)!,
	};
}

async function execute(rest: N8nRest, workflowId: string): Promise<Execution> {
	const { executionId } = await rest.request<{ executionId: string }>(
		'POST',
		`/rest/workflows/${workflowId}/run`,
		{ triggerToStartFrom: { name: 'Run' } },
	);
	const execution = await rest.execution(executionId, 900_000);
	if (execution.status !== 'success') throw new Error(`The execution ended as ${execution.status}`);
	return execution;
}

/** How much of n8n's longest block passes in functions of this package, by a profile of one more run. */
async function profile(stage: Stage): Promise<{ ms: number; partMs: number }> {
	const { userFolder } = stage;
	await writeFile(join(userFolder, 'profile'), '');
	await measure(stage, OURS);
	await rm(join(userFolder, 'profile'));
	await sleep(10_000);
	const taken = JSON.parse(
		await readFile(join(userFolder, 'n8n.cpuprofile'), 'utf8'),
	) as CpuProfile;
	const isOurs = (file: string) => file.includes('node_modules/n8n-nodes-aimlapi-models/');
	return longestStretch(taken, isOurs);
}

/** The two take turns, each being the first every other time. */
async function measureRounds(stage: Stage): Promise<Record<Variant, Measure[]>> {
	await warmUp(stage);
	const measures: Record<Variant, Measure[]> = { [OURS]: [], [ENGINE]: [] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const variant of round % 2 ? ([OURS, ENGINE] as const) : ([ENGINE, OURS] as const)) {
			measures[variant].push(await measure(stage, variant));
		}
	}
	return measures;
}

type Figure = (measure: Measure) => number;

function median(measures: Measure[], figure: Figure): number {
	const sorted = measures.map(figure).sort((a, b) => a - b);
	return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** How far the rounds are apart, as a share of their median. */
function spread(measures: Measure[], figure: Figure): number {
	const figures = measures.map(figure);
	return (Math.max(...figures) - Math.min(...figures)) / median(measures, figure);
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function line(title: string, unit: string, measures: Record<Variant, Measure[]>, figure: Figure) {
	const ours = median(measures[OURS], figure);
	const engine = median(measures[ENGINE], figure);
	return [
		title.padEnd(32),
		`${ours.toFixed(2)} ${unit} (\u00b1${percent(spread(measures[OURS], figure) / 2)})`.padEnd(20),
		`${engine.toFixed(2)} ${unit} (\u00b1${percent(spread(measures[ENGINE], figure) / 2)})`.padEnd(
			20,
		),
		`ratio ${(ours / engine).toFixed(2)}`,
	].join(' ');
}

async function soak(): Promise<void> {
	const { measures, block } = await onStage(async (stage) => ({
		measures: await measureRounds(stage),
		block: await profile(stage),
	}));
	const requests = median(measures[OURS], (one) => one.requests);
	const itemBytes = median(measures[OURS], (one) => one.itemBytes);
	console.log(
		[
			`${ITEMS} items, ${requests} requests, every item paid for once; ${ROUNDS} rounds`,
			`the items weigh ${(itemBytes / 1e6).toFixed(1)} MB as JSON`,
			`${''.padEnd(32)} ${'this node'.padEnd(20)} n8n's own loop`,
			line('event loop blocked, CPU', 's', measures, (one) => one.blockedCpuMs / 1000),
			line('event loop blocked, clock', 's', measures, (one) => one.blockedMs / 1000),
			line('next longest block, CPU', 's', measures, (one) => one.nextCpuMs / 1000),
			line('CPU of the main thread per item', 'ms', measures, (one) => one.cpuMs / ITEMS),
			line('live memory grew by', 'MB', measures, (one) => one.grownBytes / 1e6),
			line('run', 's', measures, (one) => one.seconds),
			`of the event loop's block, ${block.partMs.toFixed(0)} of ${block.ms.toFixed(0)} ms pass in this package's functions`,
		].join('\n'),
	);
}

void soak().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
