import { SPEECH } from '../../../shared/models/endpoints';
import type { MainTextField, Operation } from '../../run/operation';
import { toFileItems } from '../../media/fileItems';
import { requestMedia } from '../../media/requestMedia';

const textField: MainTextField = {
	name: 'text',
	label: 'Text',
	properties: ['text', 'script', 'input', 'prompt'],
};

/** POST /v1/tts: the sound as a file, whether the answer names it or is the sound itself. */
export const speakText: Operation = {
	endpoint: SPEECH,
	acceptsAnyBody: true,
	modelForm: {
		ownProperties: ['model'],
		mainText: textField,
		generalSchema: {
			type: 'object',
			required: [],
			properties: {
				voice: { type: 'string' },
				format: { type: 'string' },
				speed: { type: 'number' },
			},
		},
	},
	async perform(call) {
		const { response, facts } = await requestMedia(call, textField);
		return await toFileItems(call, response, facts);
	},
};
