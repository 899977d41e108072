import { IMAGE_GENERATIONS } from '../../../shared/models/endpoints';
import type { Operation } from '../../run/operation';
import { toFileItems } from '../../media/fileItems';
import { promptField } from '../media/promptField';
import { requestMedia } from '../../media/requestMedia';

/** POST /v1/images/generations, for images and 3D models: one item for each file. */
export const generateImage: Operation = {
	endpoint: IMAGE_GENERATIONS,
	startsPaidJob: true,
	modelForm: {
		ownProperties: ['model'],
		mainText: promptField,
		generalSchema: {
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
	async perform(call) {
		const { response, facts } = await requestMedia(call, promptField);
		return await toFileItems(call, response, facts);
	},
};
