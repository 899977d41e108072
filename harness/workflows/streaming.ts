import { aimlApiNode, chain, LANGCHAIN, type Workflow } from './workflow';

/** The trigger of n8n's public chat, with streaming. */
export const streamingChatTrigger = {
	type: `${LANGCHAIN}.chatTrigger`,
	typeVersion: 1.4,
	parameters: { public: true, mode: 'webhook', options: { responseMode: 'streaming' } },
};

/** 'Message a Model' after a trigger whose response is streamed. */
export function streamedMessage(id: string, trigger: object): Workflow {
	const messages = { values: [{ role: 'user', content: 'Hello' }] };
	const workflow = chain(id, [aimlApiNode('Ask', { messages })]);
	const [run, ask] = workflow.nodes;
	const node = { ...run, ...trigger, webhookId: id };
	return { ...workflow, nodes: [node, ask] };
}
