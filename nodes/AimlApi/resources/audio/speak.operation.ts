import type { INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { SPEECH } from '../../../shared/models/endpoints';
import type { PromptField } from '../../../shared/parameters/modelForm';
import { filesField } from '../../descriptions/files';
import { mediaOptionsField } from '../../descriptions/mediaOptions';
import { commonModelFields } from '../../descriptions/modelFields';
import { toFileItems } from '../../media/fileItems';
import { mediaOperation } from '../../media/mediaOperation';

/** Fields of 'Generate Speech'. */
export const speakFields: INodeProperties[] = [
	modelField,
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 2 },
		required: true,
		default: '',
		placeholder: 'e.g. Good morning, here is the news.',
		description: 'The text to speak. For several speakers, enter the script.',
	},
	{
		...filesField,
		description: 'Voice samples, if the model supports them',
	},
	...commonModelFields,
	mediaOptionsField,
];

const textField: PromptField = {
	name: 'text',
	label: 'Text',
	properties: ['text', 'script', 'input', 'prompt'],
};

/** POST /v1/tts: the response links to the audio file, or is the file. */
export const speak = mediaOperation({
	endpoint: SPEECH,
	acceptsAnyBody: true,
	prompt: textField,
	defaults: {
		voice: { type: 'string' },
		format: { type: 'string' },
		speed: { type: 'number' },
	},
	toItems: toFileItems,
});
