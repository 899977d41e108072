import { mediaProperties } from '../../../../nodes/shared/catalogue/mediaProperties';
import { placeFiles } from '../../../../nodes/shared/request/placeFiles';
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
const image = { mimeType: 'image/png', fileName: 'a.png', base64: async () => 'QUJD' };
const onWeb = (url: string, mimeType = 'image/png') => ({ ...image, mimeType, url });
const place = async (
	files: Array<{ file: typeof image; parameter?: string }>,
	schema?: ObjectSchema,
) =>
	await placeFiles(
		files.map(({ file, parameter = '' }) => ({ file, parameter })),
		schema,
		'm',
	);

test('what takes a file is told by format, name and kind of list', () => {
	const schema = schemaOf({
		image_url: uri,
		image: { type: 'string' },
		image_urls: { type: 'array', items: uri },
		image_size: { anyOf: [{ type: 'string', enum: ['square'] }, { type: 'object' }] },
		video_quality: { type: 'string', enum: ['low'] },
		generate_audio: { type: 'boolean' },
		prompt: { type: 'string' },
		num_images: { type: 'integer' },
		callback_url: uri,
		alpha_url: uri,
	});
	expect(mediaProperties(schema)).toEqual(['image_url', 'image', 'image_urls', 'alpha_url']);
});

test('a file of the item becomes a data URL, one on the web stays an address', async () => {
	const schema = schemaOf({ image_url: uri });
	expect(await place([{ file: image }], schema)).toEqual({
		image_url: 'data:image/png;base64,QUJD',
	});
	expect(await place([{ file: onWeb('https://x.test/a.png') }], schema)).toEqual({
		image_url: 'https://x.test/a.png',
	});
});

test('a property that takes a list gets one, with every file', async () => {
	const schema = schemaOf({ image_urls: { type: 'array', items: uri } });
	const files = [{ file: onWeb('https://x.test/1.png') }, { file: onWeb('https://x.test/2.png') }];
	expect(await place(files, schema)).toEqual({
		image_urls: ['https://x.test/1.png', 'https://x.test/2.png'],
	});
});

test('a property that takes one or a list gets what it needs', async () => {
	const schema = schemaOf({ image_url: { anyOf: [uri, { type: 'array', items: uri }] } });
	expect(await place([{ file: onWeb('https://x.test/1.png') }], schema)).toEqual({
		image_url: 'https://x.test/1.png',
	});
	const two = [{ file: onWeb('https://x.test/1.png') }, { file: onWeb('https://x.test/2.png') }];
	expect(await place(two, schema)).toEqual({
		image_url: ['https://x.test/1.png', 'https://x.test/2.png'],
	});
});

test('each kind of file finds the property of its kind', async () => {
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

test('of several candidates the required one is taken, otherwise the user is asked', async () => {
	const properties = { image_url: uri, last_image_url: uri };
	expect(await place([{ file: image }], schemaOf(properties, ['image_url']))).toHaveProperty(
		'image_url',
	);
	await expect(place([{ file: image }], schemaOf(properties))).rejects.toMatchObject({
		message: 'It is not clear what the model m should use a.png for',
		description: expect.stringContaining('image_url, last_image_url'),
	});
	expect(
		await place([{ file: image, parameter: 'last_image_url' }], schemaOf(properties)),
	).toHaveProperty('last_image_url');
});

test('a model that takes no files says so, and one that takes one refuses a second', async () => {
	await expect(place([{ file: image }], schemaOf({ prompt: { type: 'string' } }))).rejects.toThrow(
		'takes no files',
	);
	const twice = [
		{ file: image, parameter: 'image_url' },
		{ file: image, parameter: 'image_url' },
	];
	await expect(place(twice, schemaOf({ image_url: uri }))).rejects.toThrow('takes one file');
});
