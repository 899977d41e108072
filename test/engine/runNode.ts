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

/** How to run the node: its parameters, credential, settings and items. */
export interface NodeRun {
	parameters: INodeParameters;
	credential: { apiKey: string; url: string; [field: string]: string };
	/** Input items; a single empty one by default. */
	items?: INodeExecutionData[];
	/** 'On Error', 'Retry On Fail' and other settings of the node. */
	settings?: Partial<INode>;
	/** Called for each chunk that n8n streams; the execution streams only with it. */
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
 * Runs the node in n8n-core's own engine: a start node with the items, then ours, executed through
 * `RoutingNode`, as n8n does for declarative nodes. HTTP is real.
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
	const type = executableNode();
	const node = { ...ourNode(NODE, 'test.aimlApi', type, parameters), ...settings };
	const workflow = new Workflow({
		id: 'test',
		nodes: [startNode(), node],
		connections: {
			[ITEMS]: { main: [[{ node: NODE, type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		active: false,
		nodeTypes: nodeTypes({ 'test.items': itemSource(items), 'test.aimlApi': type }),
	});
	const data = additionalData(credential);
	if (onChunk) {
		data.streamingEnabled = true;
		data.hooks!.addHandler('sendChunk', onChunk);
	}
	const run = await execute(workflow, data, { onStart, customData });
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

/** Executes a workflow from its start node. */
export async function execute(
	workflow: Workflow,
	data: IWorkflowExecuteAdditionalData,
	{ onStart, customData }: Pick<NodeRun, 'onStart' | 'customData'>,
): Promise<IRun> {
	const execution = new WorkflowExecute(data, 'manual', startData(workflow, customData));
	const running = execution.processRunExecutionData(workflow);
	onStart?.(() => running.cancel());
	return await running;
}

/** A node of a test's workflow, without parameters. */
export const plainNode = (name: string, type: string): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

export const startNode = (): INode => plainNode(ITEMS, 'test.items');

/** One of our nodes with its credential, and with the defaults of all parameters that are not given. */
export function ourNode(
	name: string,
	type: string,
	{ description }: INodeType,
	parameters: INodeParameters,
): INode {
	const node: INode = {
		...plainNode(name, type),
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

/** A node type that exists in tests alone. */
export const testNodeType = (
	name: string,
	inputs: INodeType['description']['inputs'],
	run: INodeType['execute'],
): INodeType => ({
	description: {
		displayName: name,
		name: name.toLowerCase(),
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name },
		inputs,
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	execute: run,
});

export const itemSource = (items: INodeExecutionData[]): INodeType =>
	testNodeType(ITEMS, [], async () => [items]);

export const nodeTypes = (types: Record<string, INodeType>): INodeTypes => ({
	getByName: (name) => types[name],
	getByNameAndVersion: (name) => types[name],
	getKnownTypes: () => ({}),
});

function startData(workflow: Workflow, customData?: Record<string, string>) {
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

/** What n8n knows of an execution or a look-up beside the workflow, above all the credential. */
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
