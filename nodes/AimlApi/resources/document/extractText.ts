import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { filesField } from '../../descriptions/files';
import { outputFieldOption } from '../../descriptions/mediaOptions';
import { modelField } from '../../../shared/descriptions/model';
import { extraBodyField, modelParametersField } from '../../../shared/fields/modelParameters';
import {
	costLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	simplifyField,
	timeoutOption,
} from '../../../shared/descriptions/options';

const properties: INodeProperties[] = [
	modelField,
	{
		...filesField,
		default: { values: [{ source: 'binary', binaryPropertyName: 'data', url: '', parameter: '' }] },
		description: 'The document or image to read',
	},
	{
		displayName: 'Split Pages',
		name: 'splitPages',
		type: 'boolean',
		default: false,
		displayOptions: { show: { simplify: [true] } },
		description: 'Whether to return an item for each page instead of one with the whole text',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	{
		...modelOptionsField,
		options: [
			costLimitOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			{
				...outputFieldOption,
				hint: 'The name of the output binary field for the first image of a document; further ones get a number',
			},
			requestIdOption,
			timeoutOption,
		],
	},
];

/** Fields of 'Extract Text'; what they mean for the request stands in `extractDocumentText`. */
export const extractTextFields = updateDisplayOptions(
	{ show: { resource: ['document'], operation: ['extractText'] } },
	properties,
);
