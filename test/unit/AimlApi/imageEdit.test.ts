import { useSandbox } from '../../support/useSandbox';
import { makePng } from '../../../sandbox/media/png';
import { clearCatalog } from '../../../nodes/shared/models/catalog';
import { runOperation, type OperationRun } from '../../engine/operationRun';
import { bytes, startScriptedServer } from '../../engine/scriptedServer';

const sandbox = useSandbox();

beforeEach(() => {
	clearCatalog();
});

const model = 'openai/gpt-image-2';
const png = makePng(8, 8, 0);
const photo = { data: png.toString('base64'), mimeType: 'image/png', fileName: 'photo.png' };
const entry = (parameter: string, binaryPropertyName = 'photo') =>
	({ source: 'binary', binaryPropertyName, parameter }) as never;
const edit = async (entries: never[], more: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, {
		resource: 'image',
		operation: 'edit',
		model,
		items: [{ json: {}, binary: { photo } }],
		...more,
		fields: { prompt: 'Add a hat', files: { values: entries }, ...more.fields },
	});
const uploaded = { originalname: 'photo.png', mimetype: 'image/png', size: png.length };

test('an image goes up in a form and comes back changed, as a file', async () => {
	const { items, error } = await edit([entry('')], { modelParameters: { n: 2, quality: 'low' } });
	expect(error).toBeUndefined();
	expect(sandbox.requestLog.calls.at(-1)!.body).toMatchObject({
		model,
		prompt: 'Add a hat',
		quality: 'low',
		n: 2,
		image: uploaded,
	});
	expect(items.map(({ json }) => json.mimeType)).toEqual(['image/png', 'image/png']);
	expect(items.map(({ json }) => 'cost' in json)).toEqual([true, false]);
	expect(Buffer.from(items[0].binary!.data.data, 'base64').subarray(1, 4).toString()).toBe('PNG');
});

test('several images and a mask go up together', async () => {
	const { error } = await edit([entry('image'), entry('image'), entry('mask')]);
	expect(error).toBeUndefined();
	const { body } = sandbox.requestLog.calls.at(-1)!;
	expect(body).toMatchObject({ image: [uploaded, uploaded], mask: uploaded });
});

test('an image on the web is fetched without the key and goes up in the form', async () => {
	const made = await runOperation(sandbox, {
		resource: 'image',
		operation: 'generate',
		model: 'flux/schnell',
		fields: { prompt: 'A dog' },
	});
	const url = String(made.items[0].json.url);
	const { error } = await edit([{ source: 'url', url, parameter: 'image' } as never]);
	expect(error).toBeUndefined();
	expect(sandbox.requestLog.calls.at(-1)!.body).toMatchObject({
		image: { mimetype: 'image/png', size: made.items[0].json.fileSize },
	});
	expect(sandbox.requestLog.fetches.every(({ leakedKey }) => !leakedKey)).toBe(true);
});

test.each([
	['sale-75%.png', 'sale-75%.png'],
	['%E4%BD%A0%20b.png', '你 b.png'],
	['..%5C..%5Cevil.png', 'evil.png'],
])('an image on the web at %s goes up as %s', async (path, originalname) => {
	const server = await startScriptedServer(bytes(png, 'image/png'));
	const url = `${server.url}/${path}`;
	const { error } = await edit([{ source: 'url', url, parameter: 'image' } as never]);
	await server.close();
	expect(error).toBeUndefined();
	expect(sandbox.requestLog.calls.at(-1)!.body).toMatchObject({ image: { originalname } });
});

test('an image on the web that is not there is told as such, and nothing is paid for', async () => {
	const url = `${sandbox.url}/files/nowhere.png`;
	const { error } = await edit([{ source: 'url', url, parameter: 'image' } as never]);
	expect(error?.message).toBe(`The file at ${url} can't be fetched (HTTP status 404)`);
	expect(sandbox.requestLog.paidCalls).toBe(0);
});

test('without an image it says which parameter needs one', async () => {
	const { error } = await edit([]);
	expect(error).toMatchObject({
		message: `The model ${model} needs 'Image'`,
		description: expect.stringContaining("'Files'"),
	});
});
