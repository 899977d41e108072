import {
	Workflow,
	type AINodeConnectionType,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type ITaskData,
} from 'n8n-workflow';
import {
	additionalData,
	execute,
	ITEMS,
	itemSource,
	nodeTypes,
	ourNode,
	plainNode,
	startNode,
	testNodeType,
	type NodeRun,
	type NodeRunResult,
} from './runNode';

/** How to run a sub-node: its fields, and what the root node does with it. */
export interface SubNodeRun<Supplied> extends Pick<NodeRun, 'items' | 'onStart' | 'customData'> {
	node: INodeType;
	connection: AINodeConnectionType;
	parameters: INodeParameters;
	credential: { apiKey: string; url: string };
	/** What the served node does for an item with what the sub-node supplies. */
	use: (supplied: Supplied, itemIndex: number) => Promise<IDataObject>;
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
	const type = `test.${node.description.name}`;
	const workflow = new Workflow({
		id: 'test',
		nodes: [
			startNode(),
			plainNode(SERVED, 'test.served'),
			ourNode(SUB_NODE, type, node, run.parameters),
		],
		connections: {
			[ITEMS]: { main: [[{ node: SERVED, type: 'main', index: 0 }]] },
			[SUB_NODE]: { [connection]: [[{ node: SERVED, type: connection, index: 0 }]] },
		},
		active: false,
		nodeTypes: nodeTypes({
			'test.items': itemSource(items),
			'test.served': servedType(run),
			[type]: node,
		}),
	});
	const ended = await execute(workflow, additionalData(run.credential), run);
	const { runData, error } = ended.data.resultData;
	return {
		items: runData[SERVED]?.[0]?.data?.main[0] ?? [],
		error: error as NodeRunResult['error'],
		log: runData[SUB_NODE] ?? [],
		run: ended,
	};
}

const servedType = <Supplied>({ connection, use }: SubNodeRun<Supplied>): INodeType =>
	testNodeType(
		SERVED,
		['main', { type: connection, maxConnections: 1, required: true }],
		async function () {
			const items: INodeExecutionData[] = [];
			for (const item of this.getInputData().keys()) {
				const supplied = (await this.getInputConnectionData(connection, item)) as Supplied;
				items.push({ json: await use(supplied, item), pairedItem: { item } });
			}
			return [items];
		},
	);
