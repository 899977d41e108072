import { IMAGE_EDITS } from '../../../shared/models/endpoints';
import type { Operation } from '../../run/operation';
import { toFileItems } from '../../media/fileItems';
import { promptField } from '../media/promptField';
import { requestMedia } from '../../media/requestMedia';

/** POST /v1/images/edits: the images go up in a form; one item for each image that comes back. */
export const editImage: Operation = {
	endpoint: IMAGE_EDITS,
	startsPaidJob: true,
	modelForm: {
		ownProperties: ['model'],
		mainText: promptField,
		generalSchema: {
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
	async perform(call) {
		const { response, facts } = await requestMedia(call, promptField);
		return await toFileItems(call, response, facts);
	},
};
