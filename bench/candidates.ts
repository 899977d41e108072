/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { demoCredential, type Api, type Credential } from '../harness/demoContent';
import { modelChain, type ModelPart } from '../harness/workflows/agents';
import { aimlApiCredential } from '../harness/workflows/subNodes';
import { aimlApiNode, chain, countingNodes, type Workflow } from '../harness/workflows/workflow';

export const CHAT = '/v1/chat/completions';
const MODEL = 'openai/gpt-4o-mini';
const PROMPT = '=Number {{ $json.n }}.';
const OPEN_AI = { id: 'openAiDemo', name: 'OpenAI account' };
const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/** Settings with which n8n knows the node of the engine's floor. */
export const FLOOR_SETTINGS = { N8N_CUSTOM_EXTENSIONS: join(__dirname, 'engineFloor') };

/** n8n's own OpenAI credential, for the sandbox. */
export const openAiCredential = ({ url, apiKey }: Api): Credential => ({
	...OPEN_AI,
	type: 'openAiApi',
	data: { apiKey, url: `${url}/v1` },
});

/** n8n's OpenAI Chat Model. */
export const openAiChatModel: ModelPart = {
	type: `${LANGCHAIN}.lmChatOpenAi`,
	typeVersion: 1.3,
	parameters: {
		model: { __rl: true, mode: 'id', value: MODEL },
		responsesApiEnabled: false,
		options: {},
	},
	credentials: { openAiApi: OPEN_AI },
};

type MakeWorkflow = (id: string, items: number, url: string) => Workflow;

const withNode =
	(
		node: Pick<Workflow['nodes'][number], 'type' | 'typeVersion' | 'parameters'>,
		credentials?: Workflow['nodes'][number]['credentials'],
	): MakeWorkflow =>
	(id, items) => {
		const workflow = chain(id, [...countingNodes(items), { ...node, name: 'Ask' }]);
		const ask = workflow.nodes.at(-1)!;
		return {
			...workflow,
			nodes: [...workflow.nodes.slice(0, -1), { ...ask, ...(credentials && { credentials }) }],
		};
	};

const withModel =
	(node: {
		type: string;
		typeVersion: number;
		parameters: Record<string, unknown>;
	}): MakeWorkflow =>
	(id, items) =>
		modelChain(id, countingNodes(items), { ...node, name: 'Ask' }, openAiChatModel);

/** This package's node with options of its own. */
export const ours = (options: object = {}): MakeWorkflow =>
	withNode(
		aimlApiNode('Ask', { messages: { values: [{ role: 'user', content: PROMPT }] }, options }),
	);

/** n8n's node for any API, with this package's credential. */
export const httpRequest: MakeWorkflow = (id, items, url) =>
	withNode(
		{
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: url + CHAT,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'aimlApi',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ { model: '${MODEL}', messages: [{ role: 'user', content: 'Number ' + $json.n + '.' }] } }}`,
				options: {},
			},
		},
		aimlApiCredential,
	)(id, items, url);

export const engineFloor: MakeWorkflow = withNode(
	{ type: 'CUSTOM.engineFloor', typeVersion: 1, parameters: { prompt: PROMPT } },
	aimlApiCredential,
);

export const openAiNode: MakeWorkflow = withNode(
	{
		type: `${LANGCHAIN}.openAi`,
		typeVersion: 1.8,
		parameters: {
			resource: 'text',
			operation: 'message',
			modelId: { __rl: true, mode: 'id', value: MODEL },
			messages: { values: [{ content: PROMPT }] },
			options: {},
		},
	},
	{ openAiApi: OPEN_AI },
);

export const basicChain: MakeWorkflow = withModel({
	type: `${LANGCHAIN}.chainLlm`,
	typeVersion: 1.7,
	parameters: { promptType: 'define', text: PROMPT },
});

export const openAiAgent: MakeWorkflow = withModel({
	type: `${LANGCHAIN}.agent`,
	typeVersion: 3.1,
	parameters: { promptType: 'define', text: PROMPT, options: {} },
});

const askIn = ({ nodes }: Workflow) => nodes.find(({ name }) => name === 'Ask')!;

const credentialTypeOf = (workflow: Workflow): string =>
	Object.keys(askIn(workflow).credentials ?? {})[0];

/** The workflow with a credential that no other uses, named by the workflow's ID. */
export function withOwnCredential(workflow: Workflow): Workflow {
	const { id, nodes } = workflow;
	const credentials = { [credentialTypeOf(workflow)]: { id, name: id } };
	const ask = askIn(workflow);
	return {
		...workflow,
		nodes: nodes.map((node) => (node === ask ? { ...ask, credentials } : node)),
	};
}

/** The credential of a workflow that `withOwnCredential` made. */
export function ownCredential(workflow: Workflow, api: Api): Credential {
	const { id } = workflow;
	const make = credentialTypeOf(workflow) === 'openAiApi' ? openAiCredential : demoCredential;
	return { ...make(api), id, name: id };
}
