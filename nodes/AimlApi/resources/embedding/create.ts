import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { extraBodyField, modelParametersField } from '../../../shared/fields/modelParameters';
import {
	batchSizeOption,
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
		displayName: 'Input',
		name: 'input',
		type: 'string',
		typeOptions: { rows: 2 },
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.text }}',
		description: 'The text, or by expression a list of texts. Each gets a vector and an item.',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	{
		...modelOptionsField,
		options: [
			batchSizeOption,
			costLimitOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			requestIdOption,
			timeoutOption,
		],
	},
];

/** Fields of 'Create Embeddings'; what they mean for the request stands in `createEmbedding`. */
export const createFields = updateDisplayOptions(
	{ show: { resource: ['embedding'], operation: ['create'] } },
	properties,
);
