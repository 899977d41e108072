import { useSandbox } from '../../support/useSandbox';
import { makePng } from '../../../sandbox/media/png';
import { runOperation, type OperationRun } from '../../engine/operationRun';
import { bytes } from '../../engine/scriptedServer';
import { useScriptedServer } from '../../support/useScriptedServer';

const sandbox = useSandbox();
const fileServer = useScriptedServer();

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

test('an image is uploaded in a form, and each edited image becomes a file', async () => {
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

test('several images and a mask are uploaded together', async () => {
	const { error } = await edit([entry('image'), entry('image'), entry('mask')]);
	expect(error).toBeUndefined();
	const { body } = sandbox.requestLog.calls.at(-1)!;
	expect(body).toMatchObject({ image: [uploaded, uploaded], mask: uploaded });
});

test('an image on the web is fetched without the key and uploaded in the form', async () => {
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
])('an image on the web at %s is uploaded as %s', async (path, originalname) => {
	fileServer.answer(bytes(png, 'image/png'));
	const url = `${fileServer.url}/${path}`;
	const { error } = await edit([{ source: 'url', url, parameter: 'image' } as never]);
	expect(error).toBeUndefined();
	expect(sandbox.requestLog.calls.at(-1)!.body).toMatchObject({ image: { originalname } });
});

test('an image that is missing on the web is an error, and nothing is paid for', async () => {
	const url = `${sandbox.url}/files/nowhere.png`;
	const { error } = await edit([{ source: 'url', url, parameter: 'image' } as never]);
	expect(error?.message).toBe(`The file at ${url} can't be fetched (HTTP status 404)`);
	expect(sandbox.requestLog.paidCalls).toBe(0);
});

test('a request without an image is refused with the parameter that needs one', async () => {
	const { error } = await edit([]);
	expect(error).toMatchObject({
		message: `The model ${model} needs 'Image'`,
		description: expect.stringContaining("'Files'"),
	});
});
