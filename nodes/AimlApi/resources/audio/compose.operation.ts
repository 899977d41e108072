import type { INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { MUSIC_GENERATIONS } from '../../../shared/models/endpoints';
import { filesField } from '../../descriptions/files';
import { jobOptionsField } from '../../descriptions/mediaOptions';
import { commonModelFields } from '../../descriptions/modelFields';
import { promptField, promptTarget } from '../../descriptions/prompt';
import { jobItems } from '../../media/jobItems';
import { mediaOperation } from '../../media/mediaOperation';

/** Fields of 'Generate Music'. */
export const composeFields: INodeProperties[] = [
	modelField,
	{
		...promptField,
		placeholder: 'e.g. Calm piano with rain in the background',
		description:
			"How the music should sound. Add lyrics under 'Model Parameters' if the model supports them.",
	},
	{
		...filesField,
		description: 'Reference music, if the model supports it',
	},
	...commonModelFields,
	jobOptionsField,
];

/** POST /v2/generate/audio, then polls until the music is ready. */
export const compose = mediaOperation({
	endpoint: MUSIC_GENERATIONS,
	startsPaidJob: true,
	prompt: promptTarget,
	defaults: {
		lyrics: { type: 'string' },
		seconds_total: { type: 'integer', minimum: 1 },
		seed: { type: 'integer' },
	},
	toItems: jobItems('music'),
});
