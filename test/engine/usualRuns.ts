import type { INodeExecutionData } from 'n8n-workflow';
import { makePng } from '../../sandbox/media/png';
import { makeWav } from '../../sandbox/media/wav';
import type { OperationRun } from './operationRun';

const messages = { values: [{ role: 'user', content: 'Name three colors' }] };
const files = (parameter = '') => ({
	values: [{ source: 'binary', binaryPropertyName: 'data', parameter }],
});
const options = { pollInterval: 0.05 };
const itemWith = (data: Buffer, mimeType: string): INodeExecutionData[] => [
	{ json: {}, binary: { data: { data: data.toString('base64'), mimeType, fileName: 'file' } } },
];
const image = itemWith(makePng(8, 8, 0), 'image/png');
const recording = itemWith(makeWav(0.2, 440), 'audio/wav');

const RUNS: OperationRun[] = [
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
	{ resource: 'chat', operation: 'complete', model: 'openai/gpt-4o-mini', fields: { messages } },
	{ resource: 'chat', operation: 'respond', model: 'openai/gpt-5-5-pro', fields: { messages } },
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
	{ resource: 'image', operation: 'generate', model: 'flux/schnell', fields: { prompt: 'A cat' } },
	{ resource: 'model', operation: 'get', model: 'openai/gpt-4o-mini' },
	{ resource: 'model', operation: 'getAll', fields: { returnAll: false, limit: 5 } },
	{
		resource: 'video',
		operation: 'generate',
		model: 'google/veo-3.1-t2v-fast',
		fields: { prompt: 'A boat', options },
	},
];

/** Operations that need nothing but their own fields, as a user would fill them in, by 'resource/operation'. */
export const USUAL_RUNS: Record<string, OperationRun> = Object.fromEntries(
	RUNS.map((run) => [`${run.resource}/${run.operation}`, run]),
);
