import { useSandbox } from '../../support/useSandbox';
import { post } from './media';

const sandbox = useSandbox();

const link = { type: 'document_url', document_url: 'https://example.com/invoice.pdf' };
const mistral = async (more: object = {}) =>
	await post(sandbox, '/v1/ocr', { model: 'mistral-ocr-latest', document: link, ...more });
const google = async (more: object = {}) =>
	await post(sandbox, '/v1/ocr', {
		model: 'google/gc-document-ai',
		document: 'https://example.com/invoice.pdf',
		...more,
	});
const indicesIn = ({ body }: { body: { pages: Array<{ index: number }> } }) =>
	body.pages.map(({ index }) => index);

test('the OCR endpoint answers the pages as Markdown, with usage and cost', async () => {
	const { status, body, headers } = await mistral();
	expect(status).toBe(200);
	expect(body).toMatchObject({
		model: 'mistral-ocr-latest',
		document_annotation: null,
		usage_info: { pages_processed: 3, doc_size_bytes: expect.any(Number) },
		meta: { usage: { usd_spent: 0.003 } },
	});
	expect(body.pages[1]).toMatchObject({
		index: 1,
		markdown: expect.stringMatching(/^# Page 2\n\nThis is page 2 of invoice\.pdf\./),
		images: [{ id: 'img-0.jpeg', image_base64: null }],
		dimensions: { dpi: 200, height: 2200, width: 1700 },
	});
	expect(headers.get('x-aimlapi-usd-spent')).toBe('0.003');
});

test.each<[unknown, number[]]>([
	['1', [1]],
	['0-1', [0, 1]],
	['0,2', [0, 2]],
	[
		[0, 2],
		[0, 2],
	],
	[null, [0, 1, 2]],
])('the OCR endpoint reads the pages %j', async (pages, indices) => {
	expect(indicesIn(await mistral({ pages }))).toEqual(indices);
});

test('the OCR endpoint refuses invalid page numbers', async () => {
	const { status, body } = await mistral({ pages: 'all' });
	expect(status).toBe(400);
	expect(body.errors[0].path).toBe('pages');
});

test('the OCR endpoint reads an image as one page', async () => {
	const document = { type: 'image_url', image_url: 'data:image/png;base64,iVBORw0KGgo=' };
	expect(indicesIn(await mistral({ document }))).toEqual([0]);
});

test('the OCR endpoint includes images on request', async () => {
	const { body } = await mistral({ include_image_base64: true });
	expect(body.pages[0].images[0].image_base64).toMatch(/^data:image\/jpeg;base64,\/9j\//);
});

test('the OCR endpoint annotates the document by a schema', async () => {
	const schema = { type: 'object', properties: { total: { type: 'number' } } };
	const { body } = await mistral({
		document_annotation_format: { type: 'json_schema', json_schema: { name: 'invoice', schema } },
	});
	expect(JSON.parse(body.document_annotation)).toEqual({ total: expect.any(Number) });
});

describe('the model of Google', () => {
	test('the model of Google takes the document as a text, and answers 201', async () => {
		expect((await google()).status).toBe(201);
		expect((await google({ document: 'JVBERi0xLjQ=' })).status).toBe(201);
		expect((await google({ document: link })).status).toBe(400);
	});

	test.each<[object, number[]]>([
		[{ type: 'start', start: 2 }, [0, 1]],
		[{ type: 'end', end: 1 }, [2]],
		[{ type: 'range', start: 2, end: 3 }, [1, 2]],
		[{ type: 'indices', indices: [1, 3] }, [0, 2]],
	])('the model of Google reads the pages %j', async (pages, indices) => {
		expect(indicesIn(await google({ pages }))).toEqual(indices);
	});
});
