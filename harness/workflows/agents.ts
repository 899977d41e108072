import type { Credential } from '../demoContent';
import { streamingChatTrigger } from './streaming';
import { withSubNodes, type SubNodePart } from './subNodes';
import {
	aimlApiCredential,
	aimlApiNode,
	byId,
	chain,
	LANGCHAIN,
	type NodePart,
	type Workflow,
	type WorkflowNode,
} from './workflow';

/** A prompt that makes the sandbox's models call both tools of `agent`. */
export const BOTH_TOOLS = 'Translate "bread" into Spanish and use the calculator for 17 * 23';

/** The part of the answer that the calculator computes. */
export const CALCULATED = '17 * 23 = 391.';

/** A chat model as a sub-node. */
export type ModelPart = Pick<SubNodePart, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;

/** Our Chat Model as a sub-node. */
export const chatModel = (model: string, parameters: object = {}): ModelPart => ({
	type: 'n8n-nodes-aimlapi-models.lmChatAimlApi',
	typeVersion: 1,
	parameters: { model: byId(model), ...parameters },
	credentials: aimlApiCredential,
});

const modelFor = (node: string, model: ModelPart): SubNodePart => ({
	...model,
	name: 'Chat Model',
	connection: 'ai_languageModel',
	serves: [node],
});

type ToolPart = Omit<SubNodePart, 'connection' | 'serves'>;

const calculator: ToolPart = {
	name: 'Calculator',
	type: `${LANGCHAIN}.toolCalculator`,
	typeVersion: 1,
	parameters: {},
};

/** Our node as a tool, with a field that the agent fills in. */
const translator: ToolPart = {
	name: 'Translate',
	type: 'n8n-nodes-aimlapi-models.aimlApiTool',
	typeVersion: 1,
	parameters: {
		toolDescription: 'Translates a text',
		...aimlApiNode('', {
			model: byId('openai/gpt-4o'),
			messages: {
				values: [
					{ role: 'system', content: 'Translate what the user writes into Spanish.' },
					{ role: 'user', content: "={{ $fromAI('text', 'What to translate') }}" },
				],
			},
		}).parameters,
	},
	credentials: aimlApiCredential,
};

/** n8n's Code Tool in its place: `jsCode` returns the translation. */
export const codeTranslator = (jsCode: string): ToolPart => ({
	name: 'Translate',
	type: `${LANGCHAIN}.toolCode`,
	typeVersion: 1.1,
	parameters: { name: 'Translate', description: 'Translates a text', jsCode },
});

const agentNode = (typeVersion: number, prompt: object): NodePart => ({
	name: 'Agent',
	type: `${LANGCHAIN}.agent`,
	typeVersion,
	parameters: {
		...prompt,
		options: { systemMessage: 'Be helpful.', returnIntermediateSteps: true },
	},
});

/** An AI Agent with two tools, n8n's calculator and a translator, after a trigger named 'Run'. */
export const agent = (
	id: string,
	typeVersion: number,
	model: ModelPart,
	text = BOTH_TOOLS,
	translate = translator,
): Workflow =>
	withSubNodes(chain(id, [agentNode(typeVersion, { promptType: 'define', text })]), [
		modelFor('Agent', model),
		...[calculator, translate].map((tool) => ({
			...tool,
			connection: 'ai_tool',
			serves: ['Agent'],
		})),
	]);

const memory: SubNodePart = {
	name: 'Memory',
	type: `${LANGCHAIN}.memoryBufferWindow`,
	typeVersion: 1.3,
	parameters: {},
	connection: 'ai_memory',
	serves: ['Agent'],
};

/** The same agent with a memory, behind a public streaming chat at `/webhook/<id>/chat`. */
export function chatAgent(id: string, model: ModelPart): Workflow {
	const workflow = agent(id, 3.1, model);
	const [, node] = workflow.nodes;
	const trigger: WorkflowNode = {
		...node,
		...streamingChatTrigger,
		id: `${id}-chat`,
		name: 'Run',
		position: [0, 0],
	};
	const [, ...subNodes] = workflow.nodes.slice(1);
	const nodes = [
		{ ...trigger, webhookId: id },
		{ ...node, ...agentNode(node.typeVersion, { promptType: 'auto' }) },
		...subNodes,
	];
	return withSubNodes({ ...workflow, nodes }, [memory]);
}

/** One of n8n's chains with a chat model, after nodes that create its items. */
export const modelChain = (
	id: string,
	before: NodePart[],
	node: NodePart,
	model: ModelPart,
	more: SubNodePart[] = [],
): Workflow => withSubNodes(chain(id, [...before, node]), [modelFor(node.name, model), ...more]);

/** The same agent; a person has to approve each use of its calculator by mail. */
export function approvedAgent(id: string, model: ModelPart): Workflow {
	const workflow = agent(id, 3.1, model);
	const approval: SubNodePart = {
		name: 'Approval',
		type: 'n8n-nodes-base.emailSendHitlTool',
		typeVersion: 2.1,
		parameters: {
			fromEmail: 'n8n@example.com',
			toEmail: 'person@example.com',
			subject: 'May it?',
			options: { appendAttribution: false },
		},
		credentials: { smtp: SMTP_CREDENTIAL },
		connection: 'ai_tool',
		serves: ['Agent'],
	};
	const { nodes, connections } = withSubNodes(workflow, [approval]);
	return {
		...workflow,
		nodes,
		connections: {
			...connections,
			Calculator: { ai_tool: [[{ node: approval.name, type: 'ai_tool', index: 0 }]] },
		},
	};
}

/** How workflows refer to `smtpCredential`. */
export const SMTP_CREDENTIAL = { id: 'smtpOfTest000001', name: 'SMTP account' };

/** n8n's credential for a mail server without encryption and login. */
export const smtpCredential = ({ host, port }: { host: string; port: number }): Credential => ({
	...SMTP_CREDENTIAL,
	type: 'smtp',
	data: { host, port, secure: false, disableStartTls: true },
});
