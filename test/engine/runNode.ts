import {
	DirectoryLoader,
	ExecutionLifecycleHooks,
	RoutingNode,
	WorkflowExecute,
	type ExecuteContext,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type StructuredChunk,
} from 'n8n-workflow';
import { AimlApi as AimlApiCredential } from '../../credentials/AimlApi.credentials';
import { AimlApi } from '../../nodes/AimlApi/AimlApi.node';

/** How to run the node: what a workflow, its credential and the node's settings would hold. */
export interface NodeRun {
	parameters: INodeParameters;
	credential: { apiKey: string; url: string; [field: string]: string };
	/** Input items; a single empty one by default. */
	items?: INodeExecutionData[];
	/** 'On Error', 'Retry On Fail' and other settings of the node. */
	settings?: Partial<INode>;
	/** Called for each piece that n8n hands on; given, the execution streams. */
	onChunk?: (chunk: StructuredChunk) => void;
	/** Called with a function that cancels the execution. */
	onStart?: (cancel: () => void) => void;
	/** What the execution's custom data holds before the node runs. */
	customData?: Record<string, string>;
}

export interface NodeRunResult {
	/** Items on the first output. */
	items: INodeExecutionData[];
	/** Items on the error output, with 'Continue (using error output)'. */
	errorItems: INodeExecutionData[];
	/** What stopped the workflow. */
	error?: { message: string; description?: string | null; context?: Record<string, unknown> };
	/** Everything n8n would store of the execution. */
	run: IRun;
}

export const ITEMS = 'Items';
const NODE = 'AI/ML API';

/**
 * Runs the node in n8n-core's own engine: a start node that hands out the items, then ours, executed
 * through `RoutingNode` as n8n does it for declarative nodes. HTTP is real.
 */
export async function runNode({
	parameters,
	credential,
	items = [{ json: {} }],
	settings = {},
	onChunk,
	onStart,
	customData,
}: NodeRun): Promise<NodeRunResult> {
	const node = executableNode();
	const workflow = new Workflow({
		id: 'test',
		nodes: [startNode(), { ...ourNode(node, parameters), ...settings }],
		connections: {
			[ITEMS]: { main: [[{ node: NODE, type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		active: false,
		nodeTypes: nodeTypes({ 'test.items': itemSource(items), 'test.aimlApi': node }),
	});
	const data = additionalData(credential);
	if (onChunk) {
		data.streamingEnabled = true;
		data.hooks!.addHandler('sendChunk', onChunk);
	}
	const execution = new WorkflowExecute(data, 'manual', startData(workflow, customData));
	const running = execution.processRunExecutionData(workflow);
	onStart?.(() => running.cancel());
	const run = await running;
	const [task] = run.data.resultData.runData[NODE] ?? [];
	const [output = [], errorOutput = []] = task?.data?.main ?? [];
	return {
		items: output ?? [],
		errorItems: errorOutput ?? [],
		error: run.data.resultData.error as NodeRunResult['error'],
		run,
	};
}

/** The node as n8n loads it: with 'Request Options', executed through `RoutingNode`. */
export function executableNode(): INodeType {
	const node = new AimlApi() as INodeType;
	DirectoryLoader.applyDeclarativeNodeOptionParameters(node);
	node.execute = async function (this) {
		return (await new RoutingNode(
			this as ExecuteContext,
			node,
		).runNode()) as INodeExecutionData[][];
	};
	return node;
}

export const startNode = (): INode => ({
	id: 'items',
	name: ITEMS,
	type: 'test.items',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

function ourNode({ description }: INodeType, parameters: INodeParameters): INode {
	const node: INode = {
		id: 'node',
		name: NODE,
		type: 'test.aimlApi',
		typeVersion: 1,
		position: [200, 0],
		parameters: {},
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

export const itemSource = (items: INodeExecutionData[]): INodeType => ({
	description: {
		displayName: ITEMS,
		name: 'items',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: ITEMS },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	execute: async () => [items],
});

export const nodeTypes = (types: Record<string, INodeType>): INodeTypes => ({
	getByName: (name) => types[name],
	getByNameAndVersion: (name) => types[name],
	getKnownTypes: () => ({}),
});

export function startData(workflow: Workflow, customData?: Record<string, string>) {
	const first: IExecuteData = {
		node: workflow.getNode(ITEMS)!,
		data: { main: [[{ json: {} }]] },
		source: null,
	};
	return createRunExecutionData({
		executionData: { nodeExecutionStack: [first] },
		...(customData && { resultData: { runData: {}, metadata: customData } }),
	});
}

export function additionalData(
	credential: ICredentialDataDecryptedObject,
): IWorkflowExecuteAdditionalData {
	const type = new AimlApiCredential();
	return {
		executionId: '1',
		hooks: new ExecutionLifecycleHooks('manual', '1', {} as never),
		currentNodeExecutionIndex: 0,
		logAiEvent: () => undefined,
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: async () => ({ ...credential }),
			preAuthentication: async () => undefined,
			authenticate: async (
				data: ICredentialDataDecryptedObject,
				_name: string,
				request: IHttpRequestOptions,
			) => await type.authenticate(data, request),
		},
	} as unknown as IWorkflowExecuteAdditionalData;
}
