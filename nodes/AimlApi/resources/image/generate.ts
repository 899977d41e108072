import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { filesField } from '../../fields/files';
import { mediaOptionsField } from '../../fields/mediaOptions';
import { modelField } from '../../fields/model';
import { extraBodyField, modelParametersField } from '../../fields/modelParameters';
import { simplifyField } from '../../fields/options';

const properties: INodeProperties[] = [
	modelField,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. A lighthouse in the fog, watercolour',
		description: 'What the image should show. A few models work on files alone and take no prompt.',
	},
	filesField,
	modelParametersField,
	extraBodyField,
	simplifyField,
	mediaOptionsField,
];

/** Fields of 'Generate an Image'; what they mean for the request stands in `generateImage`. */
export const generateFields = updateDisplayOptions(
	{ show: { resource: ['image'], operation: ['generate'] } },
	properties,
);
