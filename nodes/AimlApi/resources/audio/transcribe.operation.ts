import type { INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	extraBodyOption,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import {
	costLimitOption,
	executionCostLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	simplifyField,
	simplifyOption,
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
import { jobItems } from '../../media/jobItems';
import { mediaOperation } from '../../media/mediaOperation';

/** Fields of 'Transcribe a Recording'. */
export const transcribeFields: INodeProperties[] = [
	modelField,
	{
		...filesField,
		default: { values: [{ source: 'binary', binaryPropertyName: 'data', url: '', parameter: '' }] },
		description: 'The audio file to transcribe',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	{
		...modelOptionsField,
		options: [
			costLimitOption,
			executionCostLimitOption,
			extraBodyOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			maxWaitOption,
			maxRateLimitWaitOption,
			onMaxWaitOption,
			pollIntervalOption,
			requestIdOption,
			simplifyOption,
			timeoutOption,
			waitForCompletionOption,
		],
	},
];

/** POST /v1/stt/create, then polls until the text is ready. Binary data is uploaded as a form. */
export const transcribe = mediaOperation({
	endpoint: TRANSCRIPTIONS,
	startsPaidJob: true,
	defaults: {
		language: { type: 'string' },
		punctuate: { type: 'boolean' },
		diarize: { type: 'boolean' },
	},
	toItems: jobItems('transcription'),
});
