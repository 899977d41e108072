import type { INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { IMAGE_EDITS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import { mediaOptionsField } from '../../descriptions/mediaOptions';
import { commonModelFields } from '../../descriptions/modelFields';
import { promptField, promptTarget } from '../../descriptions/prompt';
import { toFileItems } from '../../media/fileItems';
import { mediaOperation } from '../../media/mediaOperation';

/** Fields of 'Edit an Image'. */
export const editFields: INodeProperties[] = [
	modelField,
	{
		...promptField,
		placeholder: 'e.g. Put a red scarf on the dog',
		description: 'What to change in the image',
	},
	{
		...filesField,
		description: 'The images to edit, and a mask of the area to edit if the model supports one',
	},
	...commonModelFields,
	mediaOptionsField,
];

/** POST /v1/images/edits with the images as a form; one item per returned image. */
export const editImage = mediaOperation({
	endpoint: IMAGE_EDITS,
	startsPaidJob: true,
	prompt: promptTarget,
	defaults: {
		n: { type: 'integer', minimum: 1 },
		size: { type: 'string' },
		quality: { type: 'string' },
		background: { type: 'string' },
		output_format: { type: 'string', enum: ['png', 'jpeg', 'webp'] },
	},
	toItems: toFileItems,
});
