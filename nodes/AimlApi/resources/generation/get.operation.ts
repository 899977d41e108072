import type { INodeProperties } from 'n8n-workflow';
import { simplifyField } from '../../../shared/descriptions/options';
import { VIDEO_GENERATIONS } from '../../../shared/models/endpoints';
import { fileOptions, jobOptions } from '../../descriptions/mediaOptions';
import { createLookUpOptions } from '../../descriptions/modelFields';
import { toJobItems } from '../../media/jobItems';
import { JOB_KIND_NAMES, JOB_KINDS } from '../../media/jobKinds';
import { parseChoice } from '../../run/choiceField';
import { parseId } from '../../run/idField';
import type { Operation } from '../../run/operation';
import { getJob } from '../../run/polling';

/** Fields of 'Get a Video, Music or Transcription'. */
export const getFields: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'kind',
		type: 'options',
		default: 'video',
		description: 'The type of result to get',
		options: [
			{ name: 'Music', value: 'music' },
			{ name: 'Transcription', value: 'transcription' },
			{ name: 'Video', value: 'video' },
		],
	},
	{
		displayName: 'Generation ID',
		name: 'generationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.generationId }}',
		description: 'The ID returned when the generation was started',
	},
	simplifyField,
	createLookUpOptions(...fileOptions, ...jobOptions),
];

/** GET of a job by its ID: returns what the operation that started it would have returned. */
export const getGeneration: Operation = {
	endpoint: { ...VIDEO_GENERATIONS, method: 'GET' },
	async execute(context) {
		const kind = parseChoice(context.getField<unknown>('kind', 'video'), 'Type', JOB_KIND_NAMES);
		const given = context.getField<unknown>('generationId', '');
		const id = parseId(given, 'Generation ID', 'starting the generation');
		const first = await getJob(context, id, JOB_KINDS[kind]);
		return await toJobItems(context, kind, first, {}, id);
	},
};
