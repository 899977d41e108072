import { toToolOutput } from '../../../../nodes/AimlApi/run/toolOutput';

const file = Buffer.alloc(3000, 'file').toString('base64');
const leftOut = expect.stringMatching(/^\[file of about 3000 bytes, left out\]$/);

test.each([
	['in base64', { data: [{ b64_json: file }] }, { data: [{ b64_json: leftOut }] }],
	['as data URL', { image: `data:image/png;base64,${file}` }, { image: leftOut }],
	['as data URL with parameters', { a: `data:audio/wav;codecs=1;base64,${file}` }, { a: leftOut }],
	[
		'in base64 with line breaks',
		{ audio: file.replace(/(.{76})/g, '$1\r\n') },
		{ audio: expect.stringContaining('left out]') },
	],
	[
		'within a text',
		{ markdown: `A ![chart](data:image/png;base64,${file}) B` },
		{ markdown: 'A ![chart]([file of about 3000 bytes, left out]) B' },
	],
])('a file %s is replaced by its size', (_, json, view) => {
	expect(toToolOutput(json)).toEqual(view);
});

test('a vector is replaced by its length', () => {
	const embedding = Array.from({ length: 1536 }, (_, index) => index / 1536);
	expect(toToolOutput({ embedding, index: 0 })).toEqual({
		embedding: '[1536 numbers, left out]',
		index: 0,
	});
});

test.each([
	['a text', { text: 'word '.repeat(500) }],
	['an address', { url: `https://example.com/${'a/'.repeat(200)}file.png` }],
	['an ID', { id: 'd98aad1a-0d5b-6c1b-606a-263ff69fe240:google/veo-3.1-t2v-fast' }],
	['a short list of numbers', { scores: [0.1, 0.2, 0.3] }],
	['a list of objects', { files: [{ index: 0 }, { index: 1 }] }],
	['nothing', { text: null, flag: false, count: 0, list: [] }],
])('%s is left unchanged', (_, json) => {
	expect(toToolOutput(json)).toEqual(json);
});
