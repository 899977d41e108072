import type { Workflow } from '../workflows/workflow';

/** An entry of n8n's list of nodes, for one or several versions of a node. */
export interface NodeType {
	name: string;
	version: number | number[];
}

/**
 * The workflow for an n8n that may lack the latest versions of some nodes: these get the newest version
 * that it has of the same major version.
 *
 * @param types all nodes that n8n lists
 * @returns `undefined` if it lacks a node, or the node's major version
 */
export function fitVersions(workflow: Workflow, types: NodeType[]): Workflow | undefined {
	const nodes = workflow.nodes.map((node) => {
		const versions = types.filter(({ name }) => name === node.type).flatMap((type) => type.version);
		return { ...node, typeVersion: Math.min(node.typeVersion, Math.max(...versions)) };
	});
	const isThere = nodes.every(
		({ typeVersion }, index) =>
			Math.floor(typeVersion) === Math.floor(workflow.nodes[index].typeVersion),
	);
	return isThere ? { ...workflow, nodes } : undefined;
}
