import type { INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { IMAGE_GENERATIONS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import { mediaOptionsField } from '../../descriptions/mediaOptions';
import { commonModelFields } from '../../descriptions/modelFields';
import { promptField, promptTarget } from '../../descriptions/prompt';
import { toFileItems } from '../../media/fileItems';
import { mediaOperation } from '../../media/mediaOperation';

/** Fields of 'Generate an Image'. */
export const generateFields: INodeProperties[] = [
	modelField,
	{
		...promptField,
		placeholder: 'e.g. A lighthouse in the fog, watercolor',
		description: 'What the image should show. Leave empty for models that only use files.',
	},
	filesField,
	...commonModelFields,
	mediaOptionsField,
];

/** POST /v1/images/generations, for images and 3D models; one item per file. */
export const generateImage = mediaOperation({
	endpoint: IMAGE_GENERATIONS,
	startsPaidJob: true,
	prompt: promptTarget,
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
