import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { makePng } from '../../../sandbox/media/png';
import { makeWav } from '../../../sandbox/media/wav';
import { clearCatalog } from '../../../nodes/shared/models/catalog';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox();

beforeEach(() => {
	clearCatalog();
});

const user = { values: [{ role: 'user', content: '=Number {{ $json.number }}' }] };
const binary = { values: [{ source: 'binary', binaryPropertyName: 'data', parameter: '' }] };
const options = { pollInterval: 0.05 };
const png = {
	data: makePng(8, 8, 0).toString('base64'),
	mimeType: 'image/png',
	fileName: 'a.png',
};
const wav = {
	data: makeWav(0.2, 440).toString('base64'),
	mimeType: 'audio/wav',
	fileName: 'a.wav',
};

/** An operation, what it is run with, and how many items and files come of each input item. */
interface Modality extends Omit<OperationRun, 'fields' | 'items'> {
	fields: INodeParameters;
	file?: typeof png;
	itemsEach: number;
	filesEach: number;
	/** A property of the API's body that comes out without 'Simplify'. */
	raw: string;
}

const modalities: Modality[] = [
	{
		resource: 'chat',
		operation: 'complete',
		model: 'openai/gpt-4o-mini',
		modelParameters: { n: 2 },
		fields: { messages: user },
		itemsEach: 2,
		filesEach: 0,
		raw: 'choices',
	},
	{
		resource: 'chat',
		operation: 'respond',
		model: 'openai/gpt-5-5-pro',
		fields: { messages: user },
		itemsEach: 1,
		filesEach: 0,
		raw: 'output',
	},
	{
		resource: 'image',
		operation: 'generate',
		model: 'flux/schnell',
		modelParameters: { num_images: 3 },
		fields: { prompt: 'A cat' },
		itemsEach: 3,
		filesEach: 3,
		raw: 'data',
	},
	{
		resource: 'image',
		operation: 'generate',
		model: 'tencent/hunyuan-part',
		modelParameters: { mesh_url: 'https://example.com/a.glb' },
		fields: { prompt: '' },
		itemsEach: 3,
		filesEach: 3,
		raw: 'segmented_mesh',
	},
	{
		resource: 'image',
		operation: 'edit',
		model: 'openai/gpt-image-2',
		modelParameters: { n: 2 },
		fields: { prompt: 'A hat', files: { values: [{ ...binary.values[0], parameter: 'image' }] } },
		file: png,
		itemsEach: 2,
		filesEach: 2,
		raw: 'data',
	},
	{
		resource: 'video',
		operation: 'generate',
		model: 'google/veo-3.1-t2v-fast',
		fields: { prompt: 'A boat', options },
		itemsEach: 1,
		filesEach: 1,
		raw: 'video',
	},
	{
		resource: 'audio',
		operation: 'speak',
		model: 'openai/gpt-4o-mini-tts',
		fields: { text: 'Hello' },
		itemsEach: 1,
		filesEach: 1,
		raw: 'audio',
	},
	{
		resource: 'audio',
		operation: 'compose',
		model: 'stable-audio',
		fields: { prompt: 'Rain', options },
		itemsEach: 1,
		filesEach: 1,
		raw: 'audio_file',
	},
	{
		resource: 'audio',
		operation: 'transcribe',
		model: 'openai/gpt-4o-mini-transcribe',
		fields: { files: binary, options },
		file: wav,
		itemsEach: 1,
		filesEach: 0,
		raw: 'result',
	},
	{
		resource: 'embedding',
		operation: 'create',
		model: 'text-embedding-3-small',
		fields: { input: '={{ ["a " + $json.number, "b"] }}' },
		itemsEach: 2,
		filesEach: 0,
		raw: 'data',
	},
	{
		resource: 'document',
		operation: 'extractText',
		model: 'mistral-ocr-latest',
		modelParameters: { include_image_base64: true },
		fields: { files: binary, splitPages: true },
		file: png,
		itemsEach: 1,
		filesEach: 1,
		raw: 'pages',
	},
];

const run = async (
	{ resource, operation, model, modelParameters, file, fields }: Modality,
	more = {},
) =>
	await runOperation(sandbox, {
		resource,
		operation,
		model,
		modelParameters,
		items: [0, 1, 2].map((number) => ({
			json: { number },
			...(file && { binary: { data: file } }),
		})),
		fields: { ...fields, ...more },
	});
const linksOf = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);
const linksTo = (count: number) => [0, 1, 2].flatMap((item) => Array(count).fill({ item }));
const credits = ({ json }: INodeExecutionData) => Object(json.cost).credits ?? 0;

describe.each(modalities)('$resource $operation with $model', (modality) => {
	test('an operation gives each item its own results, in order, whose cost adds up to what was charged', async () => {
		const { items, error } = await run(modality);
		expect(error).toBeUndefined();
		expect(linksOf(items)).toEqual(linksTo(modality.itemsEach));
		const files = items.flatMap((item) => Object.values(item.binary ?? {}));
		expect(files).toHaveLength(3 * modality.filesEach);
		for (const file of files) expect(file.mimeType).not.toBe('application/octet-stream');
		const charged = sandbox.requestLog.calls.reduce((sum, call) => sum + call.credits, 0);
		expect(items.reduce((sum, item) => sum + credits(item), 0)).toBe(charged);
		expect(charged).toBeGreaterThan(0);
	});

	test("an operation gives the API's body for each item without 'Simplify'", async () => {
		const { items, error } = await run(modality, { simplify: false });
		expect(error).toBeUndefined();
		expect(linksOf(items)).toEqual(linksTo(1));
		for (const { json } of items) expect(json).toHaveProperty(modality.raw);
	});
});
