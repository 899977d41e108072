import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { filesField } from '../../descriptions/files';
import {
	maxWaitOption,
	onMaxWaitOption,
	pollIntervalOption,
	waitForCompletionOption,
} from '../../descriptions/mediaOptions';
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
		description: 'The recording to write down',
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
			maxWaitOption,
			onMaxWaitOption,
			pollIntervalOption,
			requestIdOption,
			timeoutOption,
			waitForCompletionOption,
		],
	},
];

/** Fields of 'Transcribe a Recording'; what they mean for the request stands in `transcribeRecording`. */
export const transcribeFields = updateDisplayOptions(
	{ show: { resource: ['audio'], operation: ['transcribe'] } },
	properties,
);
