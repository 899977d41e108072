import { parsePages } from '../../../../../nodes/AimlApi/resources/document/pages';

const texts = (body: unknown) => parsePages(body).map(({ text }) => text);
const indexes = (body: unknown) => parsePages(body).map(({ index }) => index);
const PNG = 'data:image/png;base64,QUJD';

test.each<[string, unknown]>([
	['pages with Markdown', { pages: [{ markdown: 'a' }, { markdown: 'b' }] }],
	['pages with content', { pages: [{ content: 'a' }, { content: 'b' }] }],
	['pages with empty Markdown and text', { pages: [{ markdown: '', text: 'a' }, { text: 'b' }] }],
	['pages that are texts', { pages: ['a', 'b'] }],
	['wrapped pages', { data: { pages: [{ text: 'a' }, { text: 'b' }] } }],
	[
		'indexes that are texts',
		{
			pages: [
				{ index: '1', text: 'b' },
				{ index: '0', text: 'a' },
			],
		},
	],
	[
		'page numbers',
		{
			pages: [
				{ page_number: 5, text: 'b' },
				{ page_number: 4, text: 'a' },
			],
		},
	],
])('the text of a document is read in order from %s', (_, body) => {
	expect(texts(body)).toEqual(['a', 'b']);
});

test.each([{ text: 'a' }, { result: { markdown: 'a' } }])(
	'a document without pages has one page: %j',
	(body) => {
		expect(texts(body)).toEqual(['a']);
		expect(indexes(body)).toEqual([0]);
	},
);

test.each([null, {}, { pages: [] }, { text: '' }])('%j has no pages', (body) => {
	expect(parsePages(body)).toEqual([]);
});

test('a page number is from 1, an index from 0', () => {
	expect(indexes({ pages: [{ page: 4 }, { index: 4 }] })).toEqual([3, 4]);
});

test.each<[string, unknown, string | undefined]>([
	['objects with IDs', [{ id: 'a.png', image_base64: PNG }], 'a.png'],
	['texts', [PNG], undefined],
	['an object by name', { 'a.png': PNG }, 'a.png'],
])('the images of a page are found as %s', (_, images, fileName) => {
	const [page] = parsePages({ pages: [{ text: 'a', images }] });
	expect(page.images).toMatchObject([{ base64: 'QUJD' }]);
	expect(page.images[0].fileName).toBe(fileName);
});
