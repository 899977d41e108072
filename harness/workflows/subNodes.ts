import type { NodePart, Workflow, WorkflowNode } from './workflow';

/** A sub-node, and the nodes that it is connected to. */
export interface SubNodePart extends NodePart {
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
