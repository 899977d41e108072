import { aimlApiNode, chain, type Workflow } from './workflow';

/** n8n's public chat, which shows an answer as it comes. */
export const streamingChatTrigger = {
	type: '@n8n/n8n-nodes-langchain.chatTrigger',
	typeVersion: 1.4,
	parameters: { public: true, mode: 'webhook', options: { responseMode: 'streaming' } },
};

/** 'Message a Model' after a trigger whose response streams. */
export function streamedMessage(id: string, trigger: object): Workflow {
	const messages = { values: [{ role: 'user', content: 'Hello' }] };
	const workflow = chain(id, [aimlApiNode('Ask', { messages })]);
	const [run, ask] = workflow.nodes;
	const node = { ...run, ...trigger, webhookId: id };
	return { ...workflow, nodes: [node, ask] };
}
