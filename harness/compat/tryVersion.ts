/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { demoCredential } from '../demoContent';
import { Disposables } from '../disposables';
import { installedN8n } from '../n8nInstall';
import { ignoreUnregistered, readChat, type ChatChunk } from '../n8nChat';
import { startN8n } from '../n8nProcess';
import { N8nRest } from '../n8nRest';
import { installPackage, packedPackage } from '../packedPackage';
import { freePort } from '../ports';
import { say, step } from '../progress';
import type { RunData } from '../runData';
import { until } from '../until';
import { aimlApiCredential } from '../workflows/subNodes';
import type { Workflow } from '../workflows/workflow';
import type { Case } from './cases';
import { ABSENT, OK } from './document';
import { fitVersions, type NodeType } from './nodeVersions';
import type { Recipe } from './recipes';

export const LOADS = 'Nodes and credential load; the credential’s test tells keys apart';

/**
 * Installs a version of n8n and this package in it, starts it, and tries cases there.
 *
 * @returns what was tried, one by one, and `ok` or what was seen instead
 */
export async function* tryVersion(
	{ version, overrides, node, env }: Recipe,
	cases: readonly Case[],
): AsyncGenerator<[name: string, result: string]> {
	const started = new Disposables();
	try {
		const n8n = { ...(await installedN8n(version, overrides, node)), env };
		const userFolder = await mkdtemp(join(tmpdir(), 'aimlapi-compat-'));
		started.add(async () => await rm(userFolder, { recursive: true, force: true, maxRetries: 5 }));
		await installPackage(await packedPackage(), userFolder);
		const sandbox = await startSandbox();
		started.add(async () => await sandbox.close());
		const port = await freePort();
		const server = await step(`Starting n8n ${version}`, async () =>
			startN8n(n8n, { userFolder, port }),
		);
		started.add(server.stop);
		const rest = new N8nRest(server.url);
		// n8n 1 is ready a moment before its editor's requests are, and breaks some off until then.
		await until('n8n to take requests', async () => {
			const answer = await fetch(`${server.url}/rest/settings`).catch(() => undefined);
			return answer?.ok || undefined;
		});
		await rest.logIn();
		const types = await nodeTypes(rest);
		const credentialId = await createCredential(rest, sandbox);
		yield [LOADS, await resultOf(async () => await checkLoading(rest, sandbox, credentialId))];
		const place: Place = { rest, sandbox, types, credentialId };
		for (const tried of cases) {
			const result = await resultOf(async () => await tryCase(tried, place));
			say(`  ${MARKS[result] ?? '✗'} ${tried.name}: ${result}`);
			yield [tried.name, result];
		}
	} finally {
		await started.disposeAll();
	}
}

interface Place {
	rest: N8nRest;
	sandbox: Sandbox;
	types: NodeType[];
	credentialId: string;
}

const MARKS: Record<string, string> = { [OK]: '✓', [ABSENT]: '–' };

const LONGEST = 300;

async function resultOf(work: () => Promise<string>): Promise<string> {
	const result = await work().catch((error: Error) => error.message);
	return result.replace(/\s+/g, ' ').slice(0, LONGEST);
}

const nodeTypes = async ({ url, cookie }: N8nRest): Promise<NodeType[]> => {
	const answer = await fetch(`${url}/types/nodes.json`, { headers: { cookie } });
	return (await answer.json()) as NodeType[];
};

const PACKAGE = 'n8n-nodes-aimlapi-models';
const NODES = ['aimlApi', 'aimlApiTool', 'embeddingsAimlApi', 'lmChatAimlApi'];

async function checkLoading(rest: N8nRest, sandbox: Sandbox, id: string): Promise<string> {
	const names = (await nodeTypes(rest)).map(({ name }) => name);
	const missing = NODES.filter((name) => !names.includes(`${PACKAGE}.${name}`));
	if (missing.length) return `not listed: ${missing.join(', ')}`;
	const test = async (apiKey: string) => {
		const credentials = { ...demoCredential({ ...sandbox, url: sandbox.url, apiKey }), id };
		const path = '/rest/credentials/test';
		const { status } = await rest.request<{ status: string }>('POST', path, { credentials });
		return status;
	};
	const [right, wrong] = [await test(sandbox.apiKey), await test('wrong')];
	return right === 'OK' && wrong === 'Error' ? OK : `right key: ${right}, wrong key: ${wrong}`;
}

async function createCredential(rest: N8nRest, sandbox: Sandbox): Promise<string> {
	const { name, type, data } = demoCredential(sandbox);
	return (await rest.request<{ id: string }>('POST', '/rest/credentials', { name, type, data })).id;
}

interface MadeWorkflow {
	id: string;
	versionId: string;
}

async function tryCase(tried: Case, place: Place): Promise<string> {
	const { sandbox, rest, types, credentialId } = place;
	const fitting = fitVersions(tried.workflow, types);
	if (!fitting) return ABSENT;
	sandbox.requestLog.clear();
	sandbox.faults.set(tried.faults ?? []);
	const workflow = withCredential(fitting, credentialId);
	const made = await rest.request<MadeWorkflow>('POST', '/rest/workflows', {
		...workflow,
		id: undefined,
	});
	const { data, chunks } =
		tried.chat === undefined
			? { ...(await rest.runWorkflow(made.id, 'Run', { ...workflow, ...made })), chunks: [] }
			: { data: NOTHING, chunks: await runChat(rest, made, workflow.id, tried.chat) };
	const calls = [...sandbox.requestLog.calls];
	if (tried.isRight({ data, calls, chunks })) return OK;
	return data.resultData.error?.message ?? lastOutput(data, chunks);
}

/** For a chat: whether its execution is stored depends on the version and its settings. */
const NOTHING: RunData = { resultData: { runData: {} } };

/** Sends a message to a workflow's public chat, and reads what it streams to its end. */
async function runChat(rest: N8nRest, made: MadeWorkflow, webhookId: string, message: string) {
	await activate(rest, made);
	// n8n registers the webhook some time after the workflow counts as active, and answers 404 until then.
	return await until(
		'the chat',
		async () => await chat(rest.url, webhookId, message).catch(ignoreUnregistered),
	);
}

async function chat(...args: Parameters<typeof readChat>): Promise<ChatChunk[]> {
	const chunks: ChatChunk[] = [];
	for await (const chunk of readChat(...args)) chunks.push(chunk);
	return chunks;
}

/** n8n 2 publishes a version, n8n 1 has a switch. */
async function activate(rest: N8nRest, { id, versionId }: MadeWorkflow): Promise<void> {
	const path = `/rest/workflows/${id}`;
	await rest
		.request('POST', `${path}/activate`, { versionId })
		.catch(async () => await rest.request('PATCH', path, { active: true, versionId }));
}

function lastOutput({ resultData }: RunData, chunks: ChatChunk[]): string {
	const last = Object.entries(resultData.runData).at(-1);
	if (last) return `not as expected: ${last[0]}: ${JSON.stringify(last[1][0]?.data)}`;
	return `not as expected: ${chunks.length ? JSON.stringify(chunks.slice(-3)) : 'nothing ran'}`;
}

const withCredential = (workflow: Workflow, id: string): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) => ({
		...node,
		...(node.credentials && { credentials: { aimlApi: { ...aimlApiCredential.aimlApi, id } } }),
	})),
});
