import type { Workflow, WorkflowNode } from './workflow';

/** A sub-node and its root nodes. */
export interface SubNodePart
	extends Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> {
	credentials?: WorkflowNode['credentials'];
	/** Type of the connection, e.g. `ai_embedding`. */
	connection: string;
	serves: string[];
}

/** The workflow with sub-nodes connected to some of its nodes. */
export function withSubNodes(workflow: Workflow, parts: SubNodePart[]): Workflow {
	const nodes = parts.map(
		({ name, type, typeVersion, parameters, credentials }, index): WorkflowNode => ({
			...{ name, type, typeVersion, parameters, credentials },
			id: `${workflow.id}-sub-${workflow.nodes.length + index}`,
			position: [index * 220, 250],
		}),
	);
	const connections = parts.map(({ name, connection, serves }) => [
		name,
		{ [connection]: [serves.map((node) => ({ node, type: connection, index: 0 }))] },
	]);
	return {
		...workflow,
		nodes: [...workflow.nodes, ...nodes],
		connections: { ...workflow.connections, ...Object.fromEntries(connections) },
	};
}

/** The credential of our nodes in a workflow. */
export const aimlApiCredential = { aimlApi: { id: 'aimlapiDemo', name: 'AI/ML API account' } };
