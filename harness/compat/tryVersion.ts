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
import { aimlApiCredential, type Workflow } from '../workflows/workflow';
import type { Case } from './cases';
import { ABSENT, OK } from './document';
import { fitVersions, type NodeType } from './nodeVersions';
import type { Recipe } from './recipes';

/** The row of the table for what is tried before all cases. */
export const LOADS = 'Nodes and credential load; the credential’s test recognizes an invalid key';

/**
 * Installs this package in a version of n8n, starts it, and tries the cases there.
 *
 * @returns the name of each case, and `ok` or what was seen instead
 */
export async function* tryVersion(
	{ version, overrides, node, env }: Recipe,
	cases: readonly Case[],
): AsyncGenerator<[name: string, result: string]> {
	const started = new Disposables();
	try {
		const n8n = { ...(await installedN8n(version, overrides, node)), env };
		const userFolder = await started.tempFolder('compat');
		await installPackage(await packedPackage(), userFolder);
		const sandbox = await startSandbox();
		started.add(async () => await sandbox.close());
		const port = await freePort();
		const server = await step(`Starting n8n ${version}`, async () =>
			startN8n(n8n, { userFolder, port }),
		);
		started.add(server.stop);
		const rest = new N8nRest(server.url);
		// n8n 1 says that it is ready a moment too early, and then drops some requests.
		await until('n8n to take requests', async () => {
			const answer = await fetch(`${server.url}/rest/settings`).catch(() => undefined);
			return answer?.ok;
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

const MAX_RESULT_LENGTH = 300;

async function resultOf(work: () => Promise<string>): Promise<string> {
	const result = await work().catch((error: Error) => error.message);
	return result.replace(/\s+/g, ' ').slice(0, MAX_RESULT_LENGTH);
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
		const credentials = { ...demoCredential({ url: sandbox.url, apiKey }), id };
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
			: { data: NO_DATA, chunks: await runChat(rest, made, workflow.id, tried.chat) };
	const calls = [...sandbox.requestLog.calls];
	if (tried.isRight({ data, calls, chunks })) return OK;
	return data.resultData.error?.message ?? lastOutput(data, chunks);
}

/** The run data of a chat: whether n8n stores its execution depends on the version. */
const NO_DATA: RunData = { resultData: { runData: {} } };

/** Sends a message to a workflow's public chat and reads all that it streams. */
async function runChat(rest: N8nRest, made: MadeWorkflow, webhookId: string, message: string) {
	await activate(rest, made);
	// n8n registers the webhook some time after the workflow is active, and answers 404 until then.
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

/** n8n 2 publishes a version of a workflow, n8n 1 sets `active`. */
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
