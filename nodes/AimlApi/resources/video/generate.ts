import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { filesField } from '../../fields/files';
import {
	downloadOption,
	maxWaitOption,
	onMaxWaitOption,
	outputFieldOption,
	pollIntervalOption,
	waitForCompletionOption,
} from '../../fields/mediaOptions';
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
		placeholder: 'e.g. A paper boat drifts down a rainy street',
		description: 'What the video should show. A few models work on files alone and take no prompt.',
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
			maxWaitOption,
			onMaxWaitOption,
			pollIntervalOption,
			outputFieldOption,
			requestIdOption,
			timeoutOption,
			waitForCompletionOption,
		],
	},
];

/** Fields of 'Generate a Video'; what they mean for the request stands in `generateVideo`. */
export const generateFields = updateDisplayOptions(
	{ show: { resource: ['video'], operation: ['generate'] } },
	properties,
);
