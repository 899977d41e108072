import type { INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { VIDEO_GENERATIONS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import { jobOptionsField } from '../../descriptions/mediaOptions';
import { commonModelFields } from '../../descriptions/modelFields';
import { promptField, promptTarget } from '../../descriptions/prompt';
import { jobItems } from '../../media/jobItems';
import { mediaOperation } from '../../media/mediaOperation';

/** Fields of 'Generate a Video'. */
export const generateFields: INodeProperties[] = [
	modelField,
	{
		...promptField,
		placeholder: 'e.g. A paper boat drifts down a rainy street',
		description: 'What the video should show. Leave empty for models that only use files.',
	},
	filesField,
	...commonModelFields,
	jobOptionsField,
];

/** POST /v2/video/generations, then polls until the video is ready. */
export const generateVideo = mediaOperation({
	endpoint: VIDEO_GENERATIONS,
	startsPaidJob: true,
	prompt: promptTarget,
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
