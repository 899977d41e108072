import { contentOfBytes, FormFile } from '../../../../nodes/AimlApi/run/multipart';
import { toFileParameters } from '../../../../nodes/AimlApi/media/fileParameters';
import type { ObjectSchema } from '../../../../nodes/shared/schema/jsonSchema';

const uri = { type: 'string', format: 'uri' };
const schemaOf = (
	properties: ObjectSchema['properties'],
	required: string[] = [],
): ObjectSchema => ({
	type: 'object',
	properties,
	required,
});
const image = {
	mimeType: 'image/png',
	fileName: 'a.png',
	base64: async () => 'QUJD',
	toPart: async () => new FormFile('a.mp3', 'audio/mpeg', contentOfBytes(Buffer.from('ABC'))),
};
const onWeb = (url: string, mimeType = 'image/png') => ({ ...image, mimeType, url });
const place = async (
	files: Array<{ file: typeof image; parameter?: string }>,
	schema?: ObjectSchema,
) =>
	await toFileParameters(
		files.map(({ file, parameter = '' }) => ({ file, parameter })),
		{ id: 'm', schema, isFallback: false },
	);

test('a file of the item becomes a data URL, one on the web stays an address', async () => {
	const schema = schemaOf({ image_url: uri });
	expect(await place([{ file: image }], schema)).toEqual({
		image_url: 'data:image/png;base64,QUJD',
	});
	expect(await place([{ file: onWeb('https://x.test/a.png') }], schema)).toEqual({
		image_url: 'https://x.test/a.png',
	});
});

test('a list property gets all files', async () => {
	const schema = schemaOf({ image_urls: { type: 'array', items: uri } });
	const files = [{ file: onWeb('https://x.test/1.png') }, { file: onWeb('https://x.test/2.png') }];
	expect(await place(files, schema)).toEqual({
		image_urls: ['https://x.test/1.png', 'https://x.test/2.png'],
	});
});

test('a property that may be one file or a list gets the fitting form', async () => {
	const schema = schemaOf({ image_url: { anyOf: [uri, { type: 'array', items: uri }] } });
	expect(await place([{ file: onWeb('https://x.test/1.png') }], schema)).toEqual({
		image_url: 'https://x.test/1.png',
	});
	const two = [{ file: onWeb('https://x.test/1.png') }, { file: onWeb('https://x.test/2.png') }];
	expect(await place(two, schema)).toEqual({
		image_url: ['https://x.test/1.png', 'https://x.test/2.png'],
	});
});

test('each file goes to the property of its kind', async () => {
	const schema = schemaOf({ image_url: uri, audio_url: uri, video_url: uri });
	const files = [
		{ file: onWeb('https://x.test/a.mp3', 'audio/mpeg') },
		{ file: onWeb('https://x.test/a.png') },
		{ file: onWeb('https://x.test/a.mp4', 'video/mp4') },
	];
	expect(await place(files, schema)).toEqual({
		audio_url: 'https://x.test/a.mp3',
		image_url: 'https://x.test/a.png',
		video_url: 'https://x.test/a.mp4',
	});
});

test('the required one of several properties is chosen, then the one named after the kind alone', async () => {
	const properties = { last_image_url: uri, image_url: uri, reference_image_url: uri };
	expect(
		await place([{ file: image }], schemaOf(properties, ['reference_image_url'])),
	).toHaveProperty('reference_image_url');
	expect(await place([{ file: image }], schemaOf(properties))).toHaveProperty('image_url');
});

test('equal candidates are an error that asks the user to choose', async () => {
	const schema = schemaOf({ first_image_url: uri, last_image_url: uri });
	await expect(place([{ file: image }], schema)).rejects.toMatchObject({
		message: "It isn't clear what m should use a.png for",
		description: expect.stringContaining('first_image_url, last_image_url'),
	});
	expect(await place([{ file: image, parameter: 'last_image_url' }], schema)).toEqual({
		last_image_url: 'data:image/png;base64,QUJD',
	});
});

test('a file is refused by a model without files, a second one by a model with one', async () => {
	await expect(place([{ file: image }], schemaOf({ prompt: { type: 'string' } }))).rejects.toThrow(
		"doesn't support files",
	);
	const twice = [
		{ file: image, parameter: 'image_url' },
		{ file: image, parameter: 'image_url' },
	];
	await expect(place(twice, schemaOf({ image_url: uri }))).rejects.toThrow(
		"doesn't support another file for 'Image URL'",
	);
});

test('a chosen parameter without files is refused, naming those with files', async () => {
	const chosen = [{ file: image, parameter: 'prompt' }];
	const schema = schemaOf({ image_url: uri, prompt: { type: 'string' } });
	await expect(place(chosen, schema)).rejects.toMatchObject({
		message: "m doesn't support a file for 'Prompt'",
		description: expect.stringContaining('image_url'),
	});
});

test('a list gets no more files than its schema allows', async () => {
	const schema = schemaOf({ image_urls: { type: 'array', items: uri, maxItems: 1 } });
	await expect(place([{ file: image }, { file: image }], schema)).rejects.toThrow(
		"doesn't support another file for 'Image URLs'",
	);
});

const upload = {
	type: 'object',
	properties: { originalname: { type: 'string' }, mimetype: { type: 'string' } },
	required: ['originalname', 'mimetype'],
};

test('a file of the item goes to the upload, a URL to the property for URLs', async () => {
	const schema = schemaOf({ url: uri, audio: upload });
	const sound = { ...image, mimeType: 'audio/mpeg', fileName: 'a.mp3' };
	const { audio } = await place([{ file: sound }], schema);
	expect(audio).toBeInstanceOf(FormFile);
	expect(audio).toMatchObject({ name: 'a.mp3', type: 'audio/mpeg', size: 3 });
	const file = onWeb('https://x.test/a.mp3', 'audio/mpeg');
	expect(await place([{ file }], schema)).toEqual({ url: 'https://x.test/a.mp3' });
});

test('a document goes to the alternative for its kind, with the type of that', async () => {
	const linked = (type: string) => ({
		type: 'object',
		properties: { type: { type: 'string', enum: [type] }, [type]: uri },
		required: ['type', type],
	});
	const schema = schemaOf({ document: { oneOf: [linked('document_url'), linked('image_url')] } }, [
		'document',
	]);
	const pdf = onWeb('https://x.test/a.pdf', 'application/pdf');
	expect(await place([{ file: pdf }], schema)).toEqual({
		document: { type: 'document_url', document_url: 'https://x.test/a.pdf' },
	});
	expect(await place([{ file: onWeb('https://x.test/a.png') }], schema)).toEqual({
		document: { type: 'image_url', image_url: 'https://x.test/a.png' },
	});
	const unknown = onWeb('https://x.test/a', '');
	expect(await place([{ file: unknown, parameter: 'document' }], schema)).toEqual({
		document: { type: 'document_url', document_url: 'https://x.test/a' },
	});
});

test('a document in bare base64 is sent with its type', async () => {
	const schema = schemaOf({ document: { type: 'string' }, mimeType: { type: 'string' } });
	const pdf = { ...image, mimeType: 'application/pdf', fileName: 'a.pdf' };
	expect(await place([{ file: pdf }], schema)).toEqual({
		document: 'QUJD',
		mimeType: 'application/pdf',
	});
	const file = onWeb('https://x.test/a.pdf', 'application/pdf');
	expect(await place([{ file }], schema)).toEqual({ document: 'https://x.test/a.pdf' });
});

test('files in a list of objects fill one entry after the other', async () => {
	const schema = schemaOf({
		references: {
			type: 'array',
			maxItems: 2,
			items: {
				type: 'object',
				properties: { audio_data: { type: 'string' }, audio_url: uri, image_url: uri },
			},
		},
	});
	const sound = { ...image, mimeType: 'audio/wav', fileName: 'a.wav' };
	const files = [
		{ file: sound },
		{ file: image },
		{ file: onWeb('https://x.test/b.wav', 'audio/wav') },
	];
	expect(await place(files, schema)).toEqual({
		references: [
			{
				audio_data: 'QUJD',
				image_url: 'data:image/png;base64,QUJD',
				audio_url: 'https://x.test/b.wav',
			},
		],
	});
	const three = [sound, sound, sound].map((file) => ({ file, parameter: 'references.audio_data' }));
	await expect(place(three, schema)).rejects.toThrow("for 'References Audio Data'");
});

describe('a file beside what parameters give', () => {
	const schema = schemaOf({
		masks: {
			type: 'array',
			items: {
				type: 'object',
				properties: { mask: uri, trajectory: { type: 'array', items: { type: 'integer' } } },
			},
		},
		image_url: uri,
		image_urls: { type: 'array', items: uri },
	});
	const file = onWeb('https://x.test/a.png');
	const placeBeside = async (parameter: string, given: Record<string, unknown>) =>
		await toFileParameters([{ file, parameter }], { id: 'm', schema, isFallback: false }, given);

	test('a file joins the object that parameters began', async () => {
		const given = { masks: [{ trajectory: [1, 2] }], image_url: 'https://x.test/b.png' };
		expect(await placeBeside('masks.mask', given)).toEqual({
			masks: [{ trajectory: [1, 2], mask: file.url }],
		});
	});

	test('a file follows those that parameters put into its list', async () => {
		const given = { image_urls: ['https://x.test/b.png'] };
		expect(await placeBeside('image_urls', given)).toEqual({
			image_urls: ['https://x.test/b.png', file.url],
		});
	});

	test('a file is refused where a parameter fills the only place', async () => {
		const given = { image_url: 'https://x.test/b.png' };
		await expect(placeBeside('image_url', given)).rejects.toThrow(
			"m doesn't support another file for 'Image URL'",
		);
	});
});
