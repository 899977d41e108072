import type { INodePropertyOptions } from 'n8n-workflow';
import { makePng } from '../../../sandbox/media/png';
import { makeWav } from '../../../sandbox/media/wav';
import {
	aimlApiCredential,
	fileNode,
	jsonNode,
	type NodePart,
	type Workflow,
} from '../../../harness/workflows/workflow';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';

/** How the browser tests run an operation, and its output. */
interface OperationRun {
	/** A search that finds the model first; absent if the operation has no model. */
	model?: string;
	fields: Record<string, unknown>;
	/** The node that outputs its input. */
	after: string;
	/** The number of output items. */
	items: number;
	/** The first column of the output's table. */
	column: string;
	/** Whether it also outputs a file. */
	file?: true;
}

/** An operation as the editor shows it. */
interface ShownOperation extends OperationRun {
	/** Its name in the node creator, and the name of its node. */
	action: string;
	resource: string;
	operation: string;
}

const TRIGGER = 'Run';
/** The batch to cancel; 'Create a batch' creates the one whose results are read. */
const ANOTHER_BATCH = 'Create another batch';
const messages = { values: [{ role: 'user', content: 'What is n8n?' }] };
const files = (parameter = '') => ({
	values: [{ source: 'binary', binaryPropertyName: 'data', parameter }],
});
const options = { pollInterval: 0.1 };

/** By resource and operation. */
export const OPERATION_RUNS: Record<string, OperationRun> = {
	'account/getBalance': {
		fields: {},
		after: TRIGGER,
		items: 1,
		column: 'balance',
	},
	'account/getKey': { fields: {}, after: TRIGGER, items: 1, column: 'name' },
	'account/getRequests': {
		fields: { limit: 1 },
		after: 'Message a model',
		items: 1,
		column: 'created',
	},
	'account/getTransactions': {
		fields: { limit: 1 },
		after: 'Message a model',
		items: 1,
		column: 'created',
	},
	'account/getUsageDetail': {
		fields: { groupBy: 'day' },
		after: 'Message a model',
		items: 1,
		column: 'day',
	},
	'account/getUsage': {
		fields: {},
		after: TRIGGER,
		items: 1,
		column: 'spend',
	},
	'audio/compose': {
		model: 'stable-audio',
		fields: { prompt: 'Rain on a tin roof', options },
		after: TRIGGER,
		items: 1,
		column: 'fileName',
		file: true,
	},
	'audio/speak': {
		model: 'openai/gpt-4o-mini-tts',
		fields: { text: 'Good morning' },
		after: TRIGGER,
		items: 1,
		column: 'fileName',
		file: true,
	},
	'audio/transcribe': {
		model: 'openai/gpt-4o-mini-transcribe',
		fields: { files: files(), options },
		after: 'Recording',
		items: 1,
		column: 'text',
	},
	'batch/cancel': {
		fields: { batchId: '={{ $json.batchId }}' },
		after: ANOTHER_BATCH,
		items: 1,
		column: 'batchId',
	},
	'batch/create': {
		model: 'anthropic/claude-opus-4-5',
		fields: { messages },
		after: TRIGGER,
		items: 1,
		column: 'batchId',
	},
	'batch/get': {
		fields: { batchId: '={{ $json.batchId }}', options },
		after: 'Create a batch',
		items: 1,
		column: 'customId',
	},
	'chat/respond': {
		model: 'openai/gpt-5-5-pro',
		fields: { messages },
		after: TRIGGER,
		items: 1,
		column: 'text',
	},
	'chat/complete': {
		model: 'openai/gpt-4o-mini',
		fields: { messages },
		after: TRIGGER,
		items: 1,
		column: 'text',
	},
	'document/extractText': {
		model: 'mistral-ocr-latest',
		fields: { files: files() },
		after: 'Picture',
		items: 1,
		column: 'text',
	},
	'embedding/create': {
		model: 'text-embedding-3-small',
		fields: { input: 'Hello' },
		after: TRIGGER,
		items: 1,
		column: 'embedding',
	},
	'generation/get': {
		fields: { kind: 'video', generationId: '={{ $json.generationId }}', options },
		after: 'Generate a video',
		items: 1,
		column: 'fileName',
		file: true,
	},
	'image/edit': {
		model: 'openai/gpt-image-2',
		fields: { prompt: 'Add a hat', files: files('image') },
		after: 'Picture',
		items: 1,
		column: 'fileName',
		file: true,
	},
	'image/generate': {
		model: 'flux/schnell',
		fields: { prompt: 'A lighthouse in the fog, watercolor' },
		after: TRIGGER,
		items: 1,
		column: 'fileName',
		file: true,
	},
	'model/get': {
		model: 'openai/gpt-4o-mini',
		fields: {},
		after: TRIGGER,
		items: 1,
		column: 'id',
	},
	'model/getAll': {
		fields: { limit: 5 },
		after: TRIGGER,
		items: 5,
		column: 'id',
	},
	'video/generate': {
		model: 'google/veo-3.1-t2v-fast',
		fields: { prompt: 'A boat at sea', options: { waitForCompletion: false } },
		after: TRIGGER,
		items: 1,
		column: 'generationId',
	},
};

/** Every operation of the node as 'resource/operation' with its action, in the order of the editor. */
export const ACTIONS: Array<[path: string, action: string]> = new AimlApi().description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) =>
		(options as INodePropertyOptions[]).map(({ value, action }): [string, string] => [
			`${displayOptions!.show!.resource![0]}/${value}`,
			action!,
		]),
	);

/** All operations, in the order of the node creator. */
export const OPERATIONS: ShownOperation[] = ACTIONS.map(([path, action]) => {
	const [resource, operation] = path.split('/');
	return { action, resource, operation, ...OPERATION_RUNS[path] };
});

/** Nodes that put a file into the binary field `data`. */
const fileNodes = (name: string, bytes: Buffer, fileName: string, mimeType: string): NodePart[] => [
	jsonNode(`${name} in Base64`, JSON.stringify({ base64: bytes.toString('base64') })),
	fileNode(name, 'base64', fileName, mimeType),
];

const operationNode = ({
	action,
	resource,
	operation,
	model,
	fields,
}: ShownOperation): NodePart => ({
	name: action,
	type: 'n8n-nodes-aimlapi-models.aimlApi',
	typeVersion: 1,
	parameters: {
		resource,
		operation,
		...(model && { model: { __rl: true, mode: 'list', value: model, cachedResultName: model } }),
		...fields,
	},
});

/** A workflow with a node for each operation, all of which can run. */
export function everyOperation(): Workflow {
	const sources = [
		...fileNodes('Picture', makePng(64, 64, 0), 'picture.png', 'image/png'),
		...fileNodes('Recording', makeWav(0.2, 440), 'recording.wav', 'audio/wav'),
	];
	const trigger: NodePart = {
		name: TRIGGER,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const create = OPERATIONS.find(({ action }) => action === 'Create a batch')!;
	const batch = operationNode({ ...create, action: ANOTHER_BATCH });
	const parts = [trigger, ...sources, batch, ...OPERATIONS.map(operationNode)];
	const links: Array<[from: string, to: string]> = [
		...['Picture', 'Recording'].flatMap(
			(name): Array<[string, string]> => [
				[TRIGGER, `${name} in Base64`],
				[`${name} in Base64`, name],
			],
		),
		[TRIGGER, ANOTHER_BATCH],
		...OPERATIONS.map(({ after, action }): [string, string] => [after, action]),
	];
	const to = (from: string) =>
		links.filter(([name]) => name === from).map(([, node]) => ({ node, type: 'main', index: 0 }));
	return {
		id: 'everyOperation01',
		name: 'Every operation',
		nodes: parts.map((part, index) => ({
			...part,
			id: `every-operation-${index}`,
			position: [(index % 6) * 240, Math.floor(index / 6) * 200],
			...(part.type.includes('aimlApi') && { credentials: aimlApiCredential }),
		})),
		connections: Object.fromEntries(parts.map(({ name }) => [name, { main: [to(name)] }])),
		settings: { executionOrder: 'v1' },
		active: false,
	};
}
