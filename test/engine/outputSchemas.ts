import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { makePng } from '../../sandbox/media/png';
import { makeWav } from '../../sandbox/media/wav';
import { runOperation, type OperationRun } from './operationRun';
import { mergeSchemas, schemaOf, type OutputSchema } from './schemaOf';

const messages = { values: [{ role: 'user', content: 'Name three colors' }] };
const files = (parameter = '') => ({
	values: [{ source: 'binary', binaryPropertyName: 'data', parameter }],
});
const options = { pollInterval: 0.05 };
const item = (data: Buffer, mimeType: string): INodeExecutionData[] => [
	{ json: {}, binary: { data: { data: data.toString('base64'), mimeType, fileName: 'file' } } },
];
const image = item(makePng(8, 8, 0), 'image/png');
const recording = item(makeWav(0.2, 440), 'audio/wav');

/** Operations that need nothing but their own fields, as a user would fill them in. */
const runs: OperationRun[] = [
	{ resource: 'account', operation: 'getBalance' },
	{ resource: 'account', operation: 'getUsage', fields: { period: '24h' } },
	{ resource: 'account', operation: 'getKey' },
	{
		resource: 'audio',
		operation: 'compose',
		model: 'stable-audio',
		fields: { prompt: 'Rain', options },
	},
	{
		resource: 'audio',
		operation: 'speak',
		model: 'openai/gpt-4o-mini-tts',
		fields: { text: 'Hello' },
	},
	{
		resource: 'audio',
		operation: 'transcribe',
		model: 'openai/gpt-4o-mini-transcribe',
		fields: { files: files(), options },
		items: recording,
	},
	{
		resource: 'chat',
		operation: 'complete',
		model: 'openai/gpt-4o-mini',
		fields: { messages },
	},
	{
		resource: 'chat',
		operation: 'respond',
		model: 'openai/gpt-5-5-pro',
		fields: { messages },
	},
	{
		resource: 'document',
		operation: 'extractText',
		model: 'mistral-ocr-latest',
		fields: { files: files() },
		items: image,
	},
	{
		resource: 'embedding',
		operation: 'create',
		model: 'text-embedding-3-small',
		fields: { input: 'Hello' },
	},
	{
		resource: 'image',
		operation: 'edit',
		model: 'openai/gpt-image-2',
		fields: { prompt: 'A hat', files: files('image') },
		items: image,
	},
	{
		resource: 'image',
		operation: 'generate',
		model: 'flux/schnell',
		fields: { prompt: 'A cat' },
	},
	{ resource: 'model', operation: 'get', model: 'openai/gpt-4o-mini' },
	{ resource: 'model', operation: 'getAll', fields: { returnAll: false, limit: 5 } },
	{
		resource: 'video',
		operation: 'generate',
		model: 'google/veo-3.1-t2v-fast',
		fields: { prompt: 'A boat', options },
	},
];

/**
 * What every operation puts out against the sandbox, as JSON Schema in the form of n8n's
 * `__schema__` files, from which the editor shows the fields of a node before it first ran.
 *
 * @returns schemas by `<resource>/<operation>`
 * @throws Error where an operation gives no items
 */
export async function outputSchemas(sandbox: Sandbox): Promise<Record<string, OutputSchema>> {
	const schemas: Record<string, OutputSchema> = {};
	const add = async (run: OperationRun): Promise<IDataObject> => {
		const items = await itemsOf(sandbox, run);
		const schema = items.map(({ json }) => schemaOf(json)).reduce(mergeSchemas);
		schemas[`${run.resource}/${run.operation}`] = { ...schema, version: 1 };
		return items[0].json;
	};
	for (const run of runs) await add(run);
	// Now that there are calls to tell of.
	for (const operation of ['getRequests', 'getTransactions', 'getUsageDetail']) {
		await add({ resource: 'account', operation });
	}
	await addBatch(add);
	await addGeneration(sandbox, add);
	return schemas;
}

type Add = (run: OperationRun) => Promise<IDataObject>;

async function addBatch(add: Add): Promise<void> {
	const create: OperationRun = {
		resource: 'batch',
		operation: 'create',
		model: 'anthropic/claude-opus-4-5',
		fields: { customId: 'row-1', messages },
	};
	const { batchId: canceled } = await add(create);
	await add({ resource: 'batch', operation: 'cancel', fields: byBatchId(canceled) });
	const { batchId } = await add(create);
	await add({ resource: 'batch', operation: 'get', fields: byBatchId(batchId) });
}

const byBatchId = (batchId: unknown): INodeParameters => ({ batchId: String(batchId), options });

async function addGeneration(sandbox: Sandbox, add: Add): Promise<void> {
	const [{ json }] = await itemsOf(sandbox, {
		resource: 'video',
		operation: 'generate',
		model: 'google/veo-3.1-t2v-fast',
		fields: { prompt: 'A boat', options: { waitForCompletion: false } },
	});
	await add({
		resource: 'generation',
		operation: 'get',
		fields: { kind: 'video', generationId: String(json.generationId), options },
	});
}

async function itemsOf(sandbox: Sandbox, run: OperationRun): Promise<INodeExecutionData[]> {
	const { items, error } = await runOperation(sandbox, run);
	if (error || items.length === 0) {
		const reason = error?.message ?? 'no items';
		throw new Error(`${run.resource}/${run.operation} gave no output: ${reason}`);
	}
	return items;
}
