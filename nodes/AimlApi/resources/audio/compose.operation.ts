import { MUSIC_GENERATIONS } from '../../../shared/models/endpoints';
import type { Operation } from '../../run/operation';
import { toJobItems } from '../../media/jobItems';
import { promptField } from '../media/promptField';
import { requestMedia } from '../../media/requestMedia';

/** POST /v2/generate/audio, then looks until the music is ready. */
export const composeMusic: Operation = {
	endpoint: MUSIC_GENERATIONS,
	startsPaidJob: true,
	modelForm: {
		ownProperties: ['model'],
		mainText: promptField,
		generalSchema: {
			type: 'object',
			required: [],
			properties: {
				lyrics: { type: 'string' },
				seconds_total: { type: 'integer', minimum: 1 },
				seed: { type: 'integer' },
			},
		},
	},
	async perform(call) {
		const { response, facts } = await requestMedia(call, promptField);
		return await toJobItems(call, 'music', response, facts);
	},
};
