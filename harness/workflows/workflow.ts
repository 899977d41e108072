/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_CREDENTIAL, EXAMPLES } from '../demoContent';

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	/** Of a trigger that is called by HTTP. */
	webhookId?: string;
}

export interface Workflow {
	id: string;
	name: string;
	nodes: WorkflowNode[];
	/** By the name of the source node and by type, e.g. `main` or `ai_tool`. */
	connections: Record<
		string,
		Record<string, Array<Array<{ node: string; type: string; index: number }>>>
	>;
	settings: Record<string, unknown>;
	active: boolean;
	/** Pinned output items by node name. */
	pinData?: Record<string, Array<{ json: object }>>;
}

/** The part of a node that doesn't depend on its place in the workflow. */
export type NodePart = Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'>;

/** Prefix of the types of n8n's AI nodes. */
export const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/** The credential of our nodes in a workflow. */
export const aimlApiCredential = { aimlApi: DEMO_CREDENTIAL };

/** The value of a resource locator, such as 'Model', that is set by ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A workflow of the folder `examples`, by its file name without `.json`. */
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
			...(node.type === AIMLAPI && { credentials: aimlApiCredential }),
		})),
		connections: Object.fromEntries(
			nodes.map((_, index) => [all[index].name, { main: next(index) }]),
		),
		settings: { executionOrder: 'v1' },
		active: false,
	};
}

const AIMLAPI = 'n8n-nodes-aimlapi-models.aimlApi';

/** Our node; it asks a small chat model unless `parameters` say otherwise. */
export const aimlApiNode = (name: string, parameters: Record<string, unknown>): NodePart => ({
	name,
	type: AIMLAPI,
	typeVersion: 1,
	parameters: {
		resource: 'chat',
		operation: 'complete',
		model: byId('openai/gpt-4o-mini'),
		...parameters,
	},
});

/** A node that outputs the same JSON, or the value of the same expression, for each input item. */
export const jsonNode = (name: string, jsonOutput: string): NodePart => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput, options: {} },
});

/** A node that creates the file `data` from the bytes that a field holds in base64. */
export const fileNode = (
	name: string,
	sourceProperty: string,
	fileName: string,
	mimeType: string,
): NodePart => ({
	name,
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: { operation: 'toBinary', sourceProperty, options: { fileName, mimeType } },
});

/**
 * Nodes that output an item for each entry of a list.
 *
 * @param jsonOutput JSON, or an expression, of an object with the list as `rows`
 */
export const itemNodes = (name: string, jsonOutput: string): NodePart[] => [
	jsonNode(name, jsonOutput),
	{
		name: 'Items',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'rows', options: {} },
	},
];

/** Nodes that output `count` items, numbered from 0 in their field `n`. */
export const countingNodes = (count: number): NodePart[] =>
	itemNodes('Numbers', `={{ { rows: Array.from({ length: ${count} }, (_, n) => ({ n })) } }}`);

/** The prompt for an item of `countingNodes`; the sandbox repeats it in its answer. */
export const NUMBER_PROMPT = '=Number {{ $json.n }}.';

/** The number that a value, such as a request or an answer, has of `NUMBER_PROMPT`; `NaN` if none. */
export const numberIn = (value: unknown): number =>
	Number(/Number (\d+)\./.exec(JSON.stringify(value))?.[1]);
