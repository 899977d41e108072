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
import { startSandbox } from '../sandbox';
import { aimlApiNode, chain, countingNodes } from '../test/e2e/support/workflow';

/**
 * 5,000 items with faults in one execution of the real n8n: how long the event loop is blocked,
 * compared with n8n's own loop around a node that sends nothing, and what the memory in use grows by,
 * compared with what the items themselves weigh.
 */
const ITEMS = Number(process.argv[2] ?? 5000);
const CHAT = '/v1/chat/completions';

interface Sample {
	at: number;
	blockedMs: number;
	liveBytes: number | null;
}

const asking = chain('soak000000000001', [
	...countingNodes(ITEMS),
	aimlApiNode('Ask', {
		messages: { values: [{ role: 'user', content: '=Number {{ $json.n }}.' }] },
	}),
]);

/**
 * A run policy that sends nothing: what is left is n8n's own loop. It waits a little, so that the
 * memory which n8n itself needs for the items under way can be seen.
 */
const ENGINE_ALONE = `
const { sleep } = require('n8n-workflow');
exports.underRunPolicy = () => async () => (await sleep(4000), []);
`;

async function measure(engineAlone: boolean) {
	const userFolder = await mkdtemp(join(tmpdir(), 'aimlapi-soak-'));
	const sandbox = await startSandbox();
	sandbox.faults.set([
		{ when: { path: CHAT, rate: 0.05 }, do: { status: 500 } },
		{ when: { path: CHAT, rate: 0.05 }, do: { reset: 'before' } },
	]);
	const n8n = await installedN8n();
	await installPackage(await packedPackage(), userFolder);
	if (engineAlone) {
		const policy = 'node_modules/n8n-nodes-aimlapi/dist/nodes/shared/run/runPolicy.js';
		await writeFile(join(userFolder, '.n8n/nodes', policy), ENGINE_ALONE);
	}
	const cli = n8nCli(n8n, userFolder);
	await importCredential(cli, sandbox);
	const file = join(userFolder, 'workflow.json');
	await writeFile(file, JSON.stringify([asking]));
	await cli.importWorkflows(file);
	const preload = [join(__dirname, 'probe.cjs')];
	const server = await startN8n(n8n, { userFolder, port: await freePort(), preload });
	try {
		const rest = new N8nRest(server.url);
		await rest.logIn();
		await sleep(6000);
		const { executionId } = await rest.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${asking.id}/run`,
			{ triggerToStartFrom: { name: 'Run' } },
		);
		const { data, status } = await endedExecution(rest, executionId);
		if (status !== 'success') throw new Error(`The execution ended as ${status}`);
		const [run] = data.resultData.runData.Ask;
		const lines = (await readFile(join(userFolder, 'probe.jsonl'), 'utf8')).trim().split('\n');
		const samples = lines.map((line) => JSON.parse(line) as Sample);
		const ended = run.startTime + run.executionTime;
		const during = samples.filter(({ at }) => at >= run.startTime && at <= ended + 500);
		const live = ({ at, liveBytes }: Sample) => liveBytes !== null && at < run.startTime;
		const before = samples.filter(live).at(-1)?.liveBytes ?? 0;
		const peak = Math.max(...during.map(({ liveBytes }) => liveBytes ?? 0), before);
		const items = itemsOf(data, 'Ask');
		return {
			seconds: run.executionTime / 1000,
			blockedMs: Math.max(...during.map(({ blockedMs }) => blockedMs)),
			grownBytes: peak - before,
			itemBytes: JSON.stringify(items).length,
			items: items.length,
			requests: sandbox.ledger.calls.filter(({ path }) => path === CHAT).length,
			paid: sandbox.ledger.paidCalls,
		};
	} finally {
		await server.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** While its event loop is blocked, n8n lets connections break; it is asked again then. */
async function endedExecution(rest: N8nRest, executionId: string): Promise<Execution> {
	for (;;) {
		const execution = await rest.execution(executionId, 900_000).catch((error: Error) => {
			if (error.message !== 'fetch failed') throw error;
		});
		if (execution) return execution;
		await sleep(1000);
	}
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function soak(): Promise<void> {
	const engine = await measure(true);
	const ours = await measure(false);
	console.log(
		[
			`${ITEMS} items, ${ours.requests} requests, ${ours.items} answers, ${ours.paid} paid`,
			`run:                  ${ours.seconds.toFixed(1)} s, of which n8n's own loop ${engine.seconds.toFixed(1)} s`,
			`event loop blocked:   ${ours.blockedMs} ms at most; n8n's own loop ${engine.blockedMs} ms (ratio ${(ours.blockedMs / engine.blockedMs).toFixed(2)})`,
			`live memory grew by:  ${megabytes(ours.grownBytes)}; n8n's own loop ${megabytes(engine.grownBytes)}; the items weigh ${megabytes(ours.itemBytes)} as JSON`,
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
