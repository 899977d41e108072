import type { Workflow } from '../workflows/workflow';

/** A node as n8n lists it: of several versions together, or of each on its own. */
export interface NodeType {
	name: string;
	version: number | number[];
}

/**
 * The workflow with each node in the version that it asks for, or the newest that this n8n has, if that
 * is of the same major version: another one is another node.
 *
 * @param types all nodes that n8n lists
 * @returns `undefined` if this n8n lacks one of the nodes
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
