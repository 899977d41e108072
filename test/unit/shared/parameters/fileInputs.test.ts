import { findFileInputs } from '../../../../nodes/shared/parameters/fileInputs';
import type { ObjectSchema } from '../../../../nodes/shared/schema/jsonSchema';

const uri = { type: 'string', format: 'uri' };
const placesOf = (properties: ObjectSchema['properties'], required: string[] = []) =>
	findFileInputs({ type: 'object', properties, required });
const namesOf = (properties: ObjectSchema['properties']) =>
	placesOf(properties).map(({ path }) => path.join('.'));

test('properties for files are recognized by format, name and type of list', () => {
	const names = namesOf({
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
	expect(names).toEqual(['image_url', 'image', 'image_urls', 'alpha_url']);
});

test.each([
	'inputImage',
	'startFrameUrl',
	'image-url',
	'image1',
	'image_2',
	'imageURLs',
	'init_img',
	'picture',
	'input_image_b64',
])('a property named %s takes an image', (name) => {
	expect(placesOf({ [name]: { type: 'string' } })).toMatchObject([
		{ path: [name], family: 'image' },
	]);
});

test.each(['imagery', 'fileId', 'profile', 'preimage', 'videoLength'])(
	'a property named %s takes no file',
	(name) => {
		expect(namesOf({ [name]: { type: 'string' } })).toEqual([]);
	},
);

test('file properties in objects and lists of objects are found, required if the outermost is', () => {
	const element = {
		type: 'object',
		properties: { frontal_image_url: uri, weight: { type: 'number' } },
		required: ['frontal_image_url'],
	};
	const properties = { elements: { type: 'array', items: element }, scene: element };
	expect(placesOf(properties, ['scene'])).toEqual([
		{
			path: ['elements', 'frontal_image_url'],
			encoding: 'address',
			family: 'image',
			required: false,
		},
		{ path: ['scene', 'frontal_image_url'], encoding: 'address', family: 'image', required: true },
	]);
});

test.each([
	['an address', uri, 'address'],
	['a multipart part in binary', { type: 'string', format: 'binary' }, 'upload'],
	[
		'a multipart part in OpenAPI 3.1',
		{ type: 'string', contentMediaType: 'application/octet-stream' },
		'upload',
	],
	['base64 in OpenAPI 3.0', { type: 'string', format: 'byte' }, 'base64'],
	[
		'base64 in OpenAPI 3.1',
		{ type: 'string', contentEncoding: 'base64', contentMediaType: 'application/octet-stream' },
		'base64',
	],
	[
		"a multipart parser's file",
		{ type: 'object', properties: { originalname: {}, mimetype: {}, buffer: {} } },
		'upload',
	],
	['a list of uploads', { type: 'array', items: { type: 'string', format: 'binary' } }, 'upload'],
])('the encoding of %s is recognized', (_, schema, encoding) => {
	expect(placesOf({ audio: schema })).toEqual([
		{ path: ['audio'], encoding, family: 'audio', required: false },
	]);
});

test('base64 is recognized by the name, or by a sibling property for the type', () => {
	expect(placesOf({ audio_data: { type: 'string' } })[0].encoding).toBe('base64');
	const typed = placesOf({ document: { type: 'string' }, mimeType: {} });
	expect(typed.map(({ encoding }) => encoding)).toEqual(['address', 'base64']);
	expect(placesOf({ document_url: { type: 'string' }, mimeType: {} })[0].encoding).toBe('address');
});

test('a schema that contains itself can be searched', () => {
	const endless: ObjectSchema = { type: 'object', properties: {}, required: [] };
	endless.properties.image = { type: 'array', items: endless };
	expect(findFileInputs(endless)).toEqual([]);
});
