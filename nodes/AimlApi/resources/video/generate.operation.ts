import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import { simplifyField } from '../../../shared/descriptions/options';
import { VIDEO_GENERATIONS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import { jobOptionsField } from '../../descriptions/mediaOptions';
import { toJobItems } from '../../media/jobItems';
import { promptField, sendMediaRequest } from '../../media/mediaRequest';
import type { Operation } from '../../run/operation';

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
	jobOptionsField,
];

/** Fields of 'Generate a Video'; what they mean for the request stands in `generateVideo`. */
export const generateFields = updateDisplayOptions(
	{ show: { resource: ['video'], operation: ['generate'] } },
	properties,
);

/** POST /v2/video/generations, then looks until the video is ready. */
export const generateVideo: Operation = {
	endpoint: VIDEO_GENERATIONS,
	startsPaidJob: true,
	modelForm: {
		excludedProperties: ['model'],
		hasFiles: true,
		prompt: promptField,
		defaultSchema: {
			type: 'object',
			required: [],
			properties: {
				duration: { type: 'integer' },
				aspect_ratio: { type: 'string' },
				resolution: { type: 'string' },
				negative_prompt: { type: 'string' },
				seed: { type: 'integer' },
				generate_audio: { type: 'boolean' },
			},
		},
	},
	async execute(context) {
		const { response, metadata: metadata } = await sendMediaRequest(context, promptField);
		return await toJobItems(context, 'video', response, metadata);
	},
};
