/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { demoCredential, type Api, type Credential } from '../harness/demoContent';
import { modelChain } from '../harness/workflows/agents';
import { OPEN_AI_CREDENTIAL, openAiChatModel, openAiCredential } from '../harness/workflows/openAi';
import {
	aimlApiCredential,
	aimlApiNode,
	byId,
	chain,
	countingNodes,
	LANGCHAIN,
	NUMBER_PROMPT,
	type NodePart,
	type Workflow,
	type WorkflowNode,
} from '../harness/workflows/workflow';

export const CHAT = '/v1/chat/completions';
const MODEL = 'openai/gpt-4o-mini';

/** Settings that make n8n load the node of the engine's floor. */
export const FLOOR_SETTINGS = { N8N_CUSTOM_EXTENSIONS: join(__dirname, 'engineFloor') };

/** Makes the workflow of a candidate, whose node 'Ask' gets so many items; `url` is the sandbox's. */
type MakeWorkflow = (id: string, items: number, url: string) => Workflow;

type UnnamedNode = Omit<NodePart, 'name'>;

const withNode =
	(node: UnnamedNode, credentials?: WorkflowNode['credentials']): MakeWorkflow =>
	(id, items) => {
		const workflow = chain(id, [...countingNodes(items), { ...node, name: 'Ask' }]);
		const ask = workflow.nodes.at(-1)!;
		return {
			...workflow,
			nodes: [...workflow.nodes.slice(0, -1), { ...ask, ...(credentials && { credentials }) }],
		};
	};

const withModel =
	(node: UnnamedNode): MakeWorkflow =>
	(id, items) =>
		modelChain(id, countingNodes(items), { ...node, name: 'Ask' }, openAiChatModel);

/** This package's node with the given options. */
export const ours = (options: object = {}): MakeWorkflow =>
	withNode(
		aimlApiNode('Ask', {
			messages: { values: [{ role: 'user', content: NUMBER_PROMPT }] },
			options,
		}),
	);

/** n8n's HTTP Request, with this package's credential. */
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

/** The least that n8n itself needs: a declarative node with one field, which sends the same request. */
export const engineFloor: MakeWorkflow = withNode(
	{ type: 'CUSTOM.engineFloor', typeVersion: 1, parameters: { prompt: NUMBER_PROMPT } },
	aimlApiCredential,
);

/** n8n's OpenAI node. */
export const openAiNode: MakeWorkflow = withNode(
	{
		type: `${LANGCHAIN}.openAi`,
		typeVersion: 1.8,
		parameters: {
			resource: 'text',
			operation: 'message',
			modelId: byId(MODEL),
			messages: { values: [{ content: NUMBER_PROMPT }] },
			options: {},
		},
	},
	{ openAiApi: OPEN_AI_CREDENTIAL },
);

/** n8n's Basic LLM Chain with its OpenAI Chat Model. */
export const basicChain: MakeWorkflow = withModel({
	type: `${LANGCHAIN}.chainLlm`,
	typeVersion: 1.7,
	parameters: { promptType: 'define', text: NUMBER_PROMPT },
});

/** n8n's AI Agent with its OpenAI Chat Model. */
export const openAiAgent: MakeWorkflow = withModel({
	type: `${LANGCHAIN}.agent`,
	typeVersion: 3.1,
	parameters: { promptType: 'define', text: NUMBER_PROMPT, options: {} },
});

const askIn = ({ nodes }: Workflow) => nodes.find(({ name }) => name === 'Ask')!;

const credentialTypeOf = (workflow: Workflow): string =>
	Object.keys(askIn(workflow).credentials ?? {})[0];

/** The workflow with a credential of its own, whose ID and name are those of the workflow. */
export function withOwnCredential(workflow: Workflow): Workflow {
	const { id, nodes } = workflow;
	const credentials = { [credentialTypeOf(workflow)]: { id, name: id } };
	const ask = askIn(workflow);
	return {
		...workflow,
		nodes: nodes.map((node) => (node === ask ? { ...ask, credentials } : node)),
	};
}

/** The credential of a workflow that `withOwnCredential` has made. */
export function ownCredential(workflow: Workflow, api: Api): Credential {
	const { id } = workflow;
	const make = credentialTypeOf(workflow) === 'openAiApi' ? openAiCredential : demoCredential;
	return { ...make(api), id, name: id };
}
