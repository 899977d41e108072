import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import { simplifyField } from '../../../shared/descriptions/options';
import { IMAGE_GENERATIONS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import { mediaOptionsField } from '../../descriptions/mediaOptions';
import { toFileItems } from '../../media/fileItems';
import { promptField, sendMediaRequest } from '../../media/mediaRequest';
import type { Operation } from '../../run/operation';

const properties: INodeProperties[] = [
	modelField,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. A lighthouse in the fog, watercolour',
		description: 'What the image should show. A few models work on files alone and take no prompt.',
	},
	filesField,
	modelParametersField,
	extraBodyField,
	simplifyField,
	mediaOptionsField,
];

/** Fields of 'Generate an Image'; what they mean for the request stands in `generateImage`. */
export const generateFields = updateDisplayOptions(
	{ show: { resource: ['image'], operation: ['generate'] } },
	properties,
);

/** POST /v1/images/generations, for images and 3D models: one item for each file. */
export const generateImage: Operation = {
	endpoint: IMAGE_GENERATIONS,
	startsPaidJob: true,
	modelForm: {
		excludedProperties: ['model'],
		hasFiles: true,
		prompt: promptField,
		defaultSchema: {
			type: 'object',
			required: [],
			properties: {
				num_images: { type: 'integer', minimum: 1, maximum: 4 },
				seed: { type: 'integer' },
				negative_prompt: { type: 'string' },
				aspect_ratio: { type: 'string' },
				image_size: { anyOf: [{ type: 'string' }, { type: 'object' }] },
				output_format: { type: 'string', enum: ['png', 'jpeg', 'webp'] },
			},
		},
	},
	async execute(context) {
		const { response, metadata: metadata } = await sendMediaRequest(context, promptField);
		return await toFileItems(context, response, metadata);
	},
};
