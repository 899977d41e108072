import * as workflow from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

const NOTICE =
	'Before n8n 1.106, this tool sends nothing and the agent gets an empty answer. Update n8n to use it.';

/** n8n-workflow has this function since n8n 1.107; the version of n8n can't be read here. */
const isSinceN8n1107 = (): boolean => 'assertParamIsString' in workflow;

/**
 * What the editor says on a tool in an n8n that may not run it. Before n8n 1.106, a declarative node with
 * methods sends nothing as a tool, without an error (https://github.com/n8n-io/n8n/pull/17796). It can't
 * be a field of the node: n8n takes those from a file that is written when the package is built.
 */
export const getToolNotice = ({ type }: INode): string | undefined =>
	// n8n adds this suffix to the type of a node used as a tool.
	type.endsWith('Tool') && !isSinceN8n1107() ? NOTICE : undefined;
