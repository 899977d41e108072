import { TRANSCRIPTIONS } from '../../../shared/models/endpoints';
import type { Operation } from '../../run/operation';
import { toJobItems } from '../../media/jobItems';
import { requestMedia } from '../../media/requestMedia';

/** POST /v1/stt/create, then looks until the text is ready. A file of the item goes up in a form. */
export const transcribeRecording: Operation = {
	endpoint: TRANSCRIPTIONS,
	startsPaidJob: true,
	modelForm: {
		ownProperties: ['model'],
		generalSchema: {
			type: 'object',
			required: [],
			properties: {
				language: { type: 'string' },
				punctuate: { type: 'boolean' },
				diarize: { type: 'boolean' },
			},
		},
	},
	async perform(call) {
		const { response, facts } = await requestMedia(call);
		return await toJobItems(call, 'transcription', response, facts);
	},
};
