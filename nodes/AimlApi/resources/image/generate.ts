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
