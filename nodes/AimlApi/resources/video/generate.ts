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
		placeholder: 'e.g. A paper boat drifts down a rainy street',
		description: 'What the video should show. A few models work on files alone and take no prompt.',
	},
	filesField,
	modelParametersField,
	extraBodyField,
	simplifyField,
	jobOptionsField,
];

/** Fields of 'Generate a Video'; what they mean for the request stands in `generateVideo`. */
export const generateFields = updateDisplayOptions(
	{ show: { resource: ['video'], operation: ['generate'] } },
	properties,
);
