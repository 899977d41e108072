import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { filesField } from '../../descriptions/files';
import { jobOptionsField } from '../../descriptions/mediaOptions';
import { modelField } from '../../../shared/descriptions/model';
import { extraBodyField, modelParametersField } from '../../../shared/fields/modelParameters';
import { simplifyField } from '../../../shared/descriptions/options';

const properties: INodeProperties[] = [
	modelField,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Calm piano with rain in the background',
		description: 'How the music should sound. Lyrics are a parameter of the models that sing.',
	},
	{
		...filesField,
		description: 'Music for the model to go by, as far as it takes any',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	jobOptionsField,
];

/** Fields of 'Generate Music'; what they mean for the request stands in `composeMusic`. */
export const composeFields = updateDisplayOptions(
	{ show: { resource: ['audio'], operation: ['compose'] } },
	properties,
);
