import { VIDEO_GENERATIONS } from '../../../shared/models/endpoints';
import type { Operation } from '../../run/operation';
import { toJobItems } from '../../media/jobItems';
import { promptField } from '../media/promptField';
import { requestMedia } from '../../media/requestMedia';

/** POST /v2/video/generations, then looks until the video is ready. */
export const generateVideo: Operation = {
	endpoint: VIDEO_GENERATIONS,
	startsPaidJob: true,
	modelForm: {
		ownProperties: ['model'],
		mainText: promptField,
		generalSchema: {
			type: 'object',
			required: [],
			properties: {
				duration: { type: 'integer' },
				aspect_ratio: { type: 'string' },
				resolution: { type: 'string' },
				negative_prompt: { type: 'string' },
				seed: { type: 'integer' },
				generate_audio: { type: 'boolean' },
			},
		},
	},
	async perform(call) {
		const { response, facts } = await requestMedia(call, promptField);
		return await toJobItems(call, 'video', response, facts);
	},
};
