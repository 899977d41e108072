import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { runOperation, type ModelFields } from '../../engine/operationRun';
import { USUAL_RUNS } from '../../engine/usualRuns';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox();

/** A run of an operation, and how many items and files it gives for each input item. */
interface Modality extends ModelFields {
	/** As in `USUAL_RUNS`. */
	path: string;
	itemsEach: number;
	filesEach: number;
	/** A property of the API's body, which is the item without 'Simplify'. */
	raw: string;
}

const messages = { values: [{ role: 'user', content: '=Number {{ $json.number }}' }] };

const MODALITIES: Modality[] = [
	{
		path: 'chat/complete',
		modelParameters: { n: 2 },
		fields: { messages },
		itemsEach: 2,
		filesEach: 0,
		raw: 'choices',
	},
	{ path: 'chat/respond', fields: { messages }, itemsEach: 1, filesEach: 0, raw: 'output' },
	{
		path: 'image/generate',
		modelParameters: { num_images: 3 },
		itemsEach: 3,
		filesEach: 3,
		raw: 'data',
	},
	{
		path: 'image/generate',
		model: 'tencent/hunyuan-part',
		modelParameters: { mesh_url: 'https://example.com/a.glb' },
		fields: { prompt: '' },
		itemsEach: 3,
		filesEach: 3,
		raw: 'segmented_mesh',
	},
	{ path: 'image/edit', modelParameters: { n: 2 }, itemsEach: 2, filesEach: 2, raw: 'data' },
	{ path: 'video/generate', itemsEach: 1, filesEach: 1, raw: 'video' },
	{ path: 'audio/speak', itemsEach: 1, filesEach: 1, raw: 'audio' },
	{ path: 'audio/compose', itemsEach: 1, filesEach: 1, raw: 'audio_file' },
	{ path: 'audio/transcribe', itemsEach: 1, filesEach: 0, raw: 'result' },
	{
		path: 'embedding/create',
		fields: { input: '={{ ["a " + $json.number, "b"] }}' },
		itemsEach: 2,
		filesEach: 0,
		raw: 'data',
	},
	{
		path: 'document/extractText',
		modelParameters: { include_image_base64: true },
		fields: { splitPages: true },
		itemsEach: 1,
		filesEach: 1,
		raw: 'pages',
	},
];

async function run({ path, model, modelParameters, fields }: Modality, more: INodeParameters = {}) {
	const usual = USUAL_RUNS[path];
	return await runOperation(sandbox, {
		...usual,
		...(model && { model }),
		modelParameters,
		items: [0, 1, 2].map((number) => ({ ...usual.items?.[0], json: { number } })),
		fields: { ...usual.fields, ...fields, ...more },
	});
}
const linksOf = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);
const linksTo = (count: number) => [0, 1, 2].flatMap((item) => Array(count).fill({ item }));
const credits = ({ json }: INodeExecutionData) => Object(json.cost).credits ?? 0;

describe.each(MODALITIES)('$path', (modality) => {
	test('each item has its own results, in order, whose costs add up to the charge', async () => {
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

	test("each item has the API's body without 'Simplify'", async () => {
		const { items, error } = await run(modality, { simplify: false });
		expect(error).toBeUndefined();
		expect(linksOf(items)).toEqual(linksTo(1));
		for (const { json } of items) expect(json).toHaveProperty(modality.raw);
	});
});
