import { NodeOperationError, type INode } from 'n8n-workflow';

/**
 * n8n's SDK for AI nodes, which n8n has since 2.16. Loaded only when a chat model runs, so that the
 * package's other nodes work in an older n8n.
 *
 * @throws NodeOperationError when this n8n has none
 */
export async function loadSdk(node: INode) {
	return await import('@n8n/ai-node-sdk').catch((error: Error) => {
		throw new NodeOperationError(node, 'The AI/ML API Chat Model needs n8n 2.16 or later', {
			functionality: 'configuration-node',
			description: `Update n8n. Until then, the node 'AI/ML API' can message the same models in this n8n. (${error.message.split('\n')[0]})`,
		});
	});
}
