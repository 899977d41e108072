import type { INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { TRANSCRIPTIONS } from '../../../shared/models/endpoints';
import { fileToReadField } from '../../descriptions/files';
import { jobOptions } from '../../descriptions/mediaOptions';
import { commonModelFields, createModelOptions } from '../../descriptions/modelFields';
import { jobItems } from '../../media/jobItems';
import { mediaOperation } from '../../media/mediaOperation';

/** Fields of 'Transcribe a Recording'. */
export const transcribeFields: INodeProperties[] = [
	modelField,
	{ ...fileToReadField, description: 'The audio file to transcribe' },
	...commonModelFields,
	createModelOptions(...jobOptions),
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
