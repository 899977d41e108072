import type { INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import { simplifyField } from '../../../shared/descriptions/options';
import { MUSIC_GENERATIONS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import { jobOptionsField } from '../../descriptions/mediaOptions';
import { jobItems } from '../../media/jobItems';
import { mediaOperation } from '../../media/mediaOperation';
import { promptField } from '../../media/mediaRequest';

/** Fields of 'Generate Music'. */
export const composeFields: INodeProperties[] = [
	modelField,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Calm piano with rain in the background',
		description:
			"How the music should sound. Add lyrics under 'Model Parameters', if the model sings.",
	},
	{
		...filesField,
		description: 'Reference music, if the model supports it',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	jobOptionsField,
];

/** POST /v2/generate/audio, then polls until the music is ready. */
export const compose = mediaOperation({
	endpoint: MUSIC_GENERATIONS,
	startsPaidJob: true,
	prompt: promptField,
	defaults: {
		lyrics: { type: 'string' },
		seconds_total: { type: 'integer', minimum: 1 },
		seed: { type: 'integer' },
	},
	toItems: jobItems('music'),
});
