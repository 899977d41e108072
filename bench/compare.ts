/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCredential } from '../harness/demoContent';
import { n8nCli } from '../harness/n8nCli';
import { installedN8n } from '../harness/n8nInstall';
import { startN8n } from '../harness/n8nProcess';
import { N8nRest } from '../harness/n8nRest';
import { installPackage, packedPackage } from '../harness/packedPackage';
import { freePort } from '../harness/ports';
import { itemsOf } from '../harness/runData';
import { startSandbox, type Sandbox } from '../sandbox';
import { aimlApiNode, chain, countingNodes, type Workflow } from '../harness/workflows/workflow';

/**
 * The same prompts through this package's node and through what people would pick instead, in one
 * run of the real n8n against one sandbox: how many items arrive, what is paid for, how long it takes.
 */
const CHAT = '/v1/chat/completions';
const MODEL = 'openai/gpt-4o-mini';
const prompt = '=Number {{ $json.n }}.';

const SITUATIONS = [
	{ name: '200 items, an answer after 100 ms', items: 200, latencyMs: 100, perSecond: undefined },
	{ name: '60 items, 5 requests a second allowed', items: 60, latencyMs: 0, perSecond: 5 },
];

type NodePart = ReturnType<typeof aimlApiNode>;

const candidates = ({ url, apiKey }: Sandbox): Record<string, NodePart> => ({
	'AI/ML API (this package)': aimlApiNode('Ask', {
		messages: { values: [{ role: 'user', content: prompt }] },
	}),
	'HTTP Request': {
		name: 'Ask',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: url + CHAT,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${apiKey}` }] },
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ { model: '${MODEL}', messages: [{ role: 'user', content: 'Number ' + $json.n + '.' }] } }}`,
			options: {},
		},
	},
	OpenAI: {
		name: 'Ask',
		type: '@n8n/n8n-nodes-langchain.openAi',
		typeVersion: 1.8,
		parameters: {
			resource: 'text',
			operation: 'message',
			modelId: { __rl: true, mode: 'id', value: MODEL },
			messages: { values: [{ content: prompt }] },
			options: {},
		},
	},
});

const idOf = (candidate: number, situation: number): string =>
	`compare0000000${candidate}${situation}`;

function workflows(sandbox: Sandbox): Workflow[] {
	return Object.values(candidates(sandbox)).flatMap((node, candidate) =>
		SITUATIONS.map(({ items }, situation) => {
			const workflow = chain(idOf(candidate, situation), [...countingNodes(items), node]);
			return { ...workflow, nodes: workflow.nodes.map(withOpenAiCredential) };
		}),
	);
}

const withOpenAiCredential = (node: Workflow['nodes'][number]) =>
	node.type.endsWith('.openAi')
		? { ...node, credentials: { openAiApi: { id: 'openAiDemo', name: 'OpenAI account' } } }
		: node;

async function compare(): Promise<void> {
	const userFolder = await mkdtemp(join(tmpdir(), 'aimlapi-compare-'));
	const sandbox = await startSandbox();
	const n8n = await installedN8n();
	await installPackage(await packedPackage(), userFolder);
	const cli = n8nCli(n8n, userFolder);
	const credentials = join(userFolder, 'credentials.json');
	const { apiKey, url } = sandbox;
	const openAi = {
		id: 'openAiDemo',
		name: 'OpenAI account',
		type: 'openAiApi',
		data: { apiKey, url: `${url}/v1` },
	};
	await writeFile(credentials, JSON.stringify([demoCredential(sandbox), openAi]));
	await cli.importCredentials(credentials);
	const file = join(userFolder, 'workflows.json');
	await writeFile(file, JSON.stringify(workflows(sandbox)));
	await cli.importWorkflows(file);
	const server = await startN8n(n8n, { userFolder, port: await freePort() });
	try {
		const rest = new N8nRest(server.url);
		await rest.logIn();
		for (const [situation, { name, latencyMs, perSecond, items }] of SITUATIONS.entries()) {
			console.log(`\n${name}`);
			const rows = [];
			for (const [candidate, node] of Object.keys(candidates(sandbox)).entries()) {
				sandbox.requestLog.clear();
				sandbox.setLatency(latencyMs);
				sandbox.setRate(perSecond ? { requestsPerSecond: perSecond, retryAfter: 'seconds' } : null);
				const { data } = await rest.runWorkflow(idOf(candidate, situation), 'Run');
				const calls = sandbox.requestLog.calls.filter(({ path }) => path === CHAT);
				const arrived = itemsOf(data, 'Ask').length;
				rows.push({
					node,
					arrived: `${arrived} of ${items}`,
					'paid for': sandbox.requestLog.paidCalls,
					'paid and lost': Math.max(0, sandbox.requestLog.paidCalls - arrived),
					refused: calls.filter(({ status }) => status === 429).length,
					seconds: (data.resultData.runData.Ask[0].executionTime / 1000).toFixed(1),
				});
			}
			console.table(rows);
		}
	} finally {
		await server.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	}
}

void compare().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
