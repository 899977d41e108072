import type { Schema } from '../../schema/openapi';

export const prompt: Schema = {
	type: 'string',
	maxLength: 4000,
	description: 'What is to be made.',
};

export const address = (description: string): Schema => ({
	type: 'string',
	format: 'uri',
	description,
});

export const imageAddress = address(
	'Where the image is that this starts from; a data URL will do.',
);

export const numImages: Schema = {
	type: 'number',
	minimum: 1,
	maximum: 4,
	default: 1,
	description: 'How many images to make.',
};

export const imageSize: Schema = {
	anyOf: [
		{
			type: 'object',
			properties: {
				width: { type: 'integer', minimum: 64, maximum: 1536, default: 1024 },
				height: { type: 'integer', minimum: 64, maximum: 1536, default: 768 },
			},
		},
		{
			type: 'string',
			enum: [
				'square_hd',
				'square',
				'portrait_4_3',
				'portrait_16_9',
				'landscape_4_3',
				'landscape_16_9',
			],
		},
	],
	default: 'landscape_4_3',
	description: 'Width and height in multiples of 32, or a format by name.',
};

export const outputFormat = (...formats: string[]): Schema => ({
	type: 'string',
	enum: formats,
	default: formats[0],
	description: 'File format of the result.',
});

export const choice = (description: string, ...values: Array<string | number>): Schema => ({
	type: typeof values[0] === 'number' ? 'integer' : 'string',
	enum: values,
	description,
});

export const flag = (description: string, preset?: boolean): Schema => ({
	type: 'boolean',
	...(preset !== undefined && { default: preset }),
	description,
});

export const negativePrompt: Schema = {
	type: 'string',
	description: 'What should not be in the result.',
};

/** A file in a form. */
export const uploadedFile: Schema = {
	type: 'object',
	format: 'binary',
	properties: {
		mimetype: { type: 'string' },
		size: { type: 'integer' },
		originalname: { type: 'string' },
		encoding: { type: 'string' },
		fieldname: { type: 'string' },
	},
	required: ['mimetype', 'originalname', 'encoding', 'fieldname'],
};

/** Seeds start at 1 for most models. */
export const mediaSeed: Schema = {
	type: 'integer',
	minimum: 1,
	description: 'The same seed and prompt give the same result.',
};
