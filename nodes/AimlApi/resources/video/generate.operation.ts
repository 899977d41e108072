import type { INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import { simplifyField } from '../../../shared/descriptions/options';
import { VIDEO_GENERATIONS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import { jobOptionsField } from '../../descriptions/mediaOptions';
import { jobItems } from '../../media/jobItems';
import { mediaOperation } from '../../media/mediaOperation';
import { promptField } from '../../media/mediaRequest';

/** Fields of 'Generate a Video'. */
export const generateFields: INodeProperties[] = [
	modelField,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. A paper boat drifts down a rainy street',
		description: 'What the video should show. Leave empty for models that only use files.',
	},
	filesField,
	modelParametersField,
	extraBodyField,
	simplifyField,
	jobOptionsField,
];

/** POST /v2/video/generations, then polls until the video is ready. */
export const generateVideo = mediaOperation({
	endpoint: VIDEO_GENERATIONS,
	startsPaidJob: true,
	prompt: promptField,
	defaults: {
		duration: { type: 'integer' },
		aspect_ratio: { type: 'string' },
		resolution: { type: 'string' },
		negative_prompt: { type: 'string' },
		seed: { type: 'integer' },
		generate_audio: { type: 'boolean' },
	},
	toItems: jobItems('video'),
});
