import type { INodeProperties } from 'n8n-workflow';
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
import { mediaOperation } from '../../media/mediaOperation';
import { promptField } from '../../media/mediaRequest';

/** Fields of 'Generate an Image'. */
export const generateFields: INodeProperties[] = [
	modelField,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. A lighthouse in the fog, watercolor',
		description: 'What the image should show. A few models work on files alone and take no prompt.',
	},
	filesField,
	modelParametersField,
	extraBodyField,
	simplifyField,
	mediaOptionsField,
];

/** POST /v1/images/generations, for images and 3D models; one item per file. */
export const generateImage = mediaOperation({
	endpoint: IMAGE_GENERATIONS,
	startsPaidJob: true,
	prompt: promptField,
	defaults: {
		num_images: { type: 'integer', minimum: 1, maximum: 4 },
		seed: { type: 'integer' },
		negative_prompt: { type: 'string' },
		aspect_ratio: { type: 'string' },
		image_size: { anyOf: [{ type: 'string' }, { type: 'object' }] },
		output_format: { type: 'string', enum: ['png', 'jpeg', 'webp'] },
	},
	toItems: toFileItems,
});
