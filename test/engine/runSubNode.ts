import { WorkflowExecute } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type AINodeConnectionType,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type ITaskData,
} from 'n8n-workflow';
import {
	additionalData,
	ITEMS,
	itemSource,
	nodeTypes,
	startData,
	startNode,
	type NodeRunResult,
} from './runNode';

/** How to run a sub-node: its fields, and what the node that it serves does with it. */
export interface SubNodeRun<Supplied> {
	node: INodeType;
	connection: AINodeConnectionType;
	parameters: INodeParameters;
	credential: { apiKey: string; url: string };
	/** Input items of the node that is served; a single empty one by default. */
	items?: INodeExecutionData[];
	/** What the served node does for an item with what the sub-node supplies. */
	use: (supplied: Supplied, itemIndex: number) => Promise<IDataObject>;
	/** Called with a function that cancels the execution. */
	onStart?: (cancel: () => void) => void;
	/** What the execution's custom data holds before the node runs. */
	customData?: Record<string, string>;
}

export interface SubNodeRunResult extends Pick<NodeRunResult, 'items' | 'error'> {
	/** What n8n's run log holds of the sub-node, a call after the other. */
	log: ITaskData[];
	run: IRun;
}

const SUB_NODE = 'Sub-node';
const SERVED = 'Served';

/**
 * Runs a sub-node in n8n-core's own engine, connected to a node made for the test that gets hold of
 * it by `getInputConnectionData`, as agents and vector stores do. HTTP is real.
 */
export async function runSubNode<Supplied>(run: SubNodeRun<Supplied>): Promise<SubNodeRunResult> {
	const { node, connection, items = [{ json: {} }] } = run;
	const workflow = new Workflow({
		id: 'test',
		nodes: [startNode(), madeNode(SERVED, 'test.served'), subNode(run)],
		connections: {
			[ITEMS]: { main: [[{ node: SERVED, type: 'main', index: 0 }]] },
			[SUB_NODE]: { [connection]: [[{ node: SERVED, type: connection, index: 0 }]] },
		},
		active: false,
		nodeTypes: nodeTypes({
			'test.items': itemSource(items),
			'test.served': servedType(run),
			[`test.${node.description.name}`]: node,
		}),
	});
	const execution = new WorkflowExecute(
		additionalData(run.credential),
		'manual',
		startData(workflow, run.customData),
	);
	const running = execution.processRunExecutionData(workflow);
	run.onStart?.(() => running.cancel());
	const ended = await running;
	const { runData, error } = ended.data.resultData;
	return {
		items: runData[SERVED]?.[0]?.data?.main[0] ?? [],
		error: error as NodeRunResult['error'],
		log: runData[SUB_NODE] ?? [],
		run: ended,
	};
}

const madeNode = (name: string, type: string): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

function subNode({ node: { description }, parameters }: SubNodeRun<never>): INode {
	const node: INode = {
		...madeNode(SUB_NODE, `test.${description.name}`),
		credentials: { aimlApi: { id: '1', name: 'AI/ML API account' } },
	};
	const { properties } = description;
	node.parameters = NodeHelpers.getNodeParameters(
		properties,
		parameters,
		true,
		false,
		node,
		description,
	)!;
	return node;
}

const servedType = <Supplied>({ connection, use }: SubNodeRun<Supplied>): INodeType => ({
	description: {
		displayName: SERVED,
		name: 'served',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: SERVED },
		inputs: ['main', { type: connection, maxConnections: 1, required: true }],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		const items: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const supplied = (await this.getInputConnectionData(connection, item)) as Supplied;
			items.push({ json: await use(supplied, item), pairedItem: { item } });
		}
		return [items];
	},
});
