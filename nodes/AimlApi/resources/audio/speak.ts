import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { filesField } from '../../descriptions/files';
import { mediaOptionsField } from '../../descriptions/mediaOptions';
import { modelField } from '../../../shared/descriptions/model';
import { extraBodyField, modelParametersField } from '../../../shared/fields/modelParameters';
import { simplifyField } from '../../../shared/descriptions/options';

const properties: INodeProperties[] = [
	modelField,
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Good morning, here is the news.',
		description: 'What is to be said; for a conversation of several speakers, its script',
	},
	{
		...filesField,
		description: 'Recordings of a voice to speak with, as far as the model takes them',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	mediaOptionsField,
];

/** Fields of 'Generate Speech'; what they mean for the request stands in `speakText`. */
export const speakFields = updateDisplayOptions(
	{ show: { resource: ['audio'], operation: ['speak'] } },
	properties,
);
