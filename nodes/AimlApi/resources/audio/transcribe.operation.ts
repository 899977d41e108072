import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
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
import { TRANSCRIPTIONS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import {
	maxWaitOption,
	onMaxWaitOption,
	pollIntervalOption,
	waitForCompletionOption,
} from '../../descriptions/mediaOptions';
import { toJobItems } from '../../media/jobItems';
import { sendMediaRequest } from '../../media/mediaRequest';
import type { Operation } from '../../run/operation';

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

/** POST /v1/stt/create, then looks until the text is ready. A file of the item goes up in a form. */
export const transcribe: Operation = {
	endpoint: TRANSCRIPTIONS,
	startsPaidJob: true,
	modelForm: {
		excludedProperties: ['model'],
		hasFiles: true,
		defaultSchema: {
			type: 'object',
			required: [],
			properties: {
				language: { type: 'string' },
				punctuate: { type: 'boolean' },
				diarize: { type: 'boolean' },
			},
		},
	},
	async execute(context) {
		const { response, metadata: metadata } = await sendMediaRequest(context);
		return await toJobItems(context, 'transcription', response, metadata);
	},
};
