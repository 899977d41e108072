import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import { simplifyField } from '../../../shared/descriptions/options';
import { IMAGE_EDITS } from '../../../shared/models/endpoints';
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
		placeholder: 'e.g. Put a red scarf on the dog',
		description: 'What to change in the image',
	},
	{
		...filesField,
		description: 'The images to change, and a mask of what may change if the model takes one',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	mediaOptionsField,
];

/** Fields of 'Edit an Image'; what they mean for the request stands in `editImage`. */
export const editFields = updateDisplayOptions(
	{ show: { resource: ['image'], operation: ['edit'] } },
	properties,
);

/** POST /v1/images/edits: the images go up in a form; one item for each image that comes back. */
export const editImage: Operation = {
	endpoint: IMAGE_EDITS,
	startsPaidJob: true,
	modelForm: {
		excludedProperties: ['model'],
		hasFiles: true,
		prompt: promptField,
		defaultSchema: {
			type: 'object',
			required: [],
			properties: {
				n: { type: 'integer', minimum: 1 },
				size: { type: 'string' },
				quality: { type: 'string' },
				background: { type: 'string' },
				output_format: { type: 'string', enum: ['png', 'jpeg', 'webp'] },
			},
		},
	},
	async execute(context) {
		const { response, metadata: metadata } = await sendMediaRequest(context, promptField);
		return await toFileItems(context, response, metadata);
	},
};
