import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { filesField } from '../../fields/files';
import { downloadOption, outputFieldOption } from '../../fields/mediaOptions';
import { modelField } from '../../fields/model';
import { extraBodyField, modelParametersField } from '../../fields/modelParameters';
import {
	costLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRetriesOption,
	requestIdOption,
	simplifyField,
	timeoutOption,
} from '../../fields/options';

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
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			costLimitOption,
			downloadOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			outputFieldOption,
			requestIdOption,
			timeoutOption,
		],
	},
];

/** Fields of 'Generate an Image'; what they mean for the request stands in `generateImage`. */
export const generateFields = updateDisplayOptions(
	{ show: { resource: ['image'], operation: ['generate'] } },
	properties,
);
