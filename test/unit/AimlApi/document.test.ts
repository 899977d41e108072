import { useSandbox } from '../../support/useSandbox';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox();

const pdf = {
	data: Buffer.from('%PDF-1.4').toString('base64'),
	mimeType: 'application/pdf',
	fileName: 'contract.pdf',
};
const onWeb = (url: string) => ({ files: { values: [{ source: 'url', url }] as never[] } });
const extract = async (model: string, more: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, {
		resource: 'document',
		operation: 'extractText',
		model,
		items: [{ json: {}, binary: { data: pdf } }],
		...more,
	});
const sent = () => sandbox.requestLog.calls.at(-1)!.body;

test('a document becomes one text with its cost', async () => {
	const { items, error } = await extract('mistral-ocr-latest');
	expect(error).toBeUndefined();
	expect(items).toEqual([
		{
			json: {
				text: expect.stringMatching(/^# Page 1[\s\S]*# Page 2[\s\S]*# Page 3/),
				pages: 3,
				model: 'mistral-ocr-latest',
				id: expect.any(String),
				cost: { usd: sandbox.requestLog.usd, credits: expect.any(Number) },
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(sent()).toEqual({
		model: 'mistral-ocr-latest',
		document: { type: 'document_url', document_url: `data:application/pdf;base64,${pdf.data}` },
	});
});

test("with 'Split Pages', each page is an item, the first one with the cost", async () => {
	const { items } = await extract('mistral-ocr-latest', {
		fields: { options: { splitPages: true } },
	});
	expect(items.map(({ json }) => json.page)).toEqual([1, 2, 3]);
	expect(items.map(({ json }) => 'cost' in json)).toEqual([true, false, false]);
	expect(items.every(({ pairedItem }) => Object(pairedItem).item === 0)).toBe(true);
});

test('an image is sent in the form for images', async () => {
	const url = 'https://example.com/receipt.jpg';
	await extract('mistral-ocr-latest', { fields: onWeb(url) });
	expect(sent()).toMatchObject({ document: { type: 'image_url', image_url: url } });
});

test('a model whose document is a string gets the URL, or base64 with its type', async () => {
	const url = 'https://example.com/a.pdf';
	expect((await extract('google/gc-document-ai', { fields: onWeb(url) })).error).toBeUndefined();
	expect(sent()).toEqual({ model: 'google/gc-document-ai', document: url });
	const { items, error } = await extract('google/gc-document-ai');
	expect(error).toBeUndefined();
	expect(sent()).toEqual({
		model: 'google/gc-document-ai',
		document: pdf.data,
		mimeType: 'application/pdf',
	});
	expect(items[0].json.pages).toBe(3);
});

test('pictures of the document become files with the names that the text uses', async () => {
	const { items } = await extract('mistral-ocr-latest', {
		modelParameters: { include_image_base64: true },
	});
	expect(Object.keys(items[0].binary!)).toEqual(['data', 'data_1', 'data_2']);
	expect(items[0].binary!.data).toMatchObject({ fileName: 'img-0.jpeg', mimeType: 'image/jpeg' });
});

test('the annotation that was requested is parsed', async () => {
	const schema = { type: 'object', properties: { total: { type: 'string' } }, required: ['total'] };
	const { items } = await extract('mistral-ocr-latest', {
		modelParameters: {
			document_annotation_format: { type: 'json_schema', json_schema: { name: 'bill', schema } },
		},
	});
	expect(items[0].json.annotation).toEqual({ total: expect.any(String) });
});
