import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { filesField } from '../../descriptions/files';
import { mediaOptionsField } from '../../descriptions/mediaOptions';
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
		placeholder: 'e.g. Put a red scarf on the dog',
		description: 'What to change in the image',
	},
	{
		...filesField,
		description: 'The images to change, and a mask of what may change if the model takes one',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	mediaOptionsField,
];

/** Fields of 'Edit an Image'; what they mean for the request stands in `editImage`. */
export const editFields = updateDisplayOptions(
	{ show: { resource: ['image'], operation: ['edit'] } },
	properties,
);
