import {
	toMultipart,
	contentOfBytes,
	FormBody,
	FormFile,
} from '../../../../nodes/AimlApi/run/multipart';

const file = () => new FormFile('a.png', 'image/png', contentOfBytes(Buffer.from('ABC')));

test('a body without files stays as it is', () => {
	const body = { model: 'm', list: [1, 2] };
	expect(toMultipart(body)).toBe(body);
});

test('a body with a file becomes a form: lists repeat, objects are JSON, the rest is text', () => {
	const first = file();
	const second = file();
	const form = toMultipart({
		image: [first, second],
		n: 2,
		hd: false,
		size: { width: 1 },
		tags: ['a', 'b'],
	});
	expect(form).toBeInstanceOf(FormBody);
	expect([...(form as FormBody)]).toEqual([
		['image', first],
		['image', second],
		['n', '2'],
		['hd', 'false'],
		['size', '{"width":1}'],
		['tags', 'a'],
		['tags', 'b'],
	]);
	expect(Object.prototype.toString.call(form)).toBe('[object FormData]');
});

test('a file can be read again for each attempt', async () => {
	const upload = file();
	for (const attempt of ['first', 'second']) {
		const chunks: Uint8Array[] = [];
		for await (const chunk of upload.stream()) chunks.push(chunk);
		expect([attempt, Buffer.concat(chunks).toString()]).toEqual([attempt, 'ABC']);
	}
});

test('a file of unknown size leaves the length of the form open', () => {
	const content = { stream: () => contentOfBytes(Buffer.from('')).stream() };
	expect(new FormFile('a', 'image/png', content).size).toBeNaN();
});
