/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../demoContent';

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	/** Of a trigger that is called from outside. */
	webhookId?: string;
}

export interface Workflow {
	id: string;
	name: string;
	nodes: WorkflowNode[];
	/** By the name of the node they start from and by their type, e.g. `main` or `ai_tool`. */
	connections: Record<
		string,
		Record<string, Array<Array<{ node: string; type: string; index: number }>>>
	>;
	settings: Record<string, unknown>;
	active: boolean;
	/** Pinned output items by node name. */
	pinData?: Record<string, Array<{ json: object }>>;
}

/** An importable workflow of the folder `examples`. */
export const example = (name: string): Workflow =>
	JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8')) as Workflow;

/** The same workflow with some parameters of one node set to other values. */
export const withParameters = (
	workflow: Workflow,
	nodeName: string,
	parameters: Record<string, unknown>,
): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.name === nodeName ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
	),
});

type NodePart = Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'>;

/** A workflow of nodes in a row after a Manual Trigger named 'Run'. */
export function chain(id: string, nodes: NodePart[]): Workflow {
	const trigger: NodePart = {
		name: 'Run',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const all = [trigger, ...nodes];
	const next = (index: number) => [[{ node: all[index + 1].name, type: 'main', index: 0 }]];
	return {
		id,
		name: id,
		nodes: all.map((node, index) => ({
			...node,
			id: `${id}-${index}`,
			position: [index * 220, 0],
			...(node.type === AIMLAPI && {
				credentials: { aimlApi: { id: 'aimlapiDemo', name: 'AI/ML API account' } },
			}),
		})),
		connections: Object.fromEntries(
			nodes.map((_, index) => [all[index].name, { main: next(index) }]),
		),
		settings: { executionOrder: 'v1' },
		active: false,
	};
}

const AIMLAPI = 'n8n-nodes-aimlapi-models.aimlApi';

/** The node under test, asking a small model. */
export const aimlApiNode = (name: string, parameters: Record<string, unknown>): NodePart => ({
	name,
	type: AIMLAPI,
	typeVersion: 1,
	parameters: {
		resource: 'chat',
		operation: 'complete',
		model: { __rl: true, mode: 'id', value: 'openai/gpt-4o-mini' },
		...parameters,
	},
});

/** Nodes that output `count` items, numbered from 0 in their field `n`. */
export const countingNodes = (count: number): NodePart[] => [
	{
		name: 'Numbers',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: `={{ { rows: Array.from({ length: ${count} }, (_, n) => ({ n })) } }}`,
			options: {},
		},
	},
	{
		name: 'Items',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'rows', options: {} },
	},
];
