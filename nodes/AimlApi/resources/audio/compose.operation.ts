import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import { simplifyField } from '../../../shared/descriptions/options';
import { MUSIC_GENERATIONS } from '../../../shared/models/endpoints';
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
		placeholder: 'e.g. Calm piano with rain in the background',
		description: 'How the music should sound. Lyrics are a parameter of the models that sing.',
	},
	{
		...filesField,
		description: 'Music for the model to go by, as far as it takes any',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	jobOptionsField,
];

/** Fields of 'Generate Music'; what they mean for the request stands in `composeMusic`. */
export const composeFields = updateDisplayOptions(
	{ show: { resource: ['audio'], operation: ['compose'] } },
	properties,
);

/** POST /v2/generate/audio, then looks until the music is ready. */
export const compose: Operation = {
	endpoint: MUSIC_GENERATIONS,
	startsPaidJob: true,
	modelForm: {
		excludedProperties: ['model'],
		hasFiles: true,
		prompt: promptField,
		defaultSchema: {
			type: 'object',
			required: [],
			properties: {
				lyrics: { type: 'string' },
				seconds_total: { type: 'integer', minimum: 1 },
				seed: { type: 'integer' },
			},
		},
	},
	async execute(context) {
		const { response, metadata: metadata } = await sendMediaRequest(context, promptField);
		return await toJobItems(context, 'music', response, metadata);
	},
};
