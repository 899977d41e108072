import type { INodeProperties } from 'n8n-workflow';
import {
	itemsInParallelOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	modelOptionsField,
	simplifyField,
	timeoutOption,
} from '../../../shared/descriptions/options';
import { InputError } from '../../../shared/errors/InputError';
import { VIDEO_GENERATIONS } from '../../../shared/models/endpoints';
import {
	downloadOption,
	maxWaitOption,
	onMaxWaitOption,
	outputFieldOption,
	pollIntervalOption,
	waitForCompletionOption,
} from '../../descriptions/mediaOptions';
import { toJobItems } from '../../media/jobItems';
import { isJobKind, JOB_KINDS } from '../../media/jobKinds';
import { parseId } from '../../run/idField';
import type { Operation } from '../../run/operation';

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
	{
		...modelOptionsField,
		options: [
			downloadOption,
			itemsInParallelOption,
			maxRetriesOption,
			maxWaitOption,
			maxRateLimitWaitOption,
			onMaxWaitOption,
			pollIntervalOption,
			outputFieldOption,
			timeoutOption,
			waitForCompletionOption,
		],
	},
];

/** GET of a job by its ID: returns what the operation that started it would have returned. */
export const getGeneration: Operation = {
	endpoint: { ...VIDEO_GENERATIONS, method: 'GET' },
	async execute(context) {
		const kind = String(context.getField('kind', 'video'));
		if (!isJobKind(kind)) {
			throw new InputError(
				`'Type' has the unknown value '${kind}'`,
				`Use one of ${Object.keys(JOB_KINDS).join(', ')}.`,
			);
		}
		const given = context.getField<unknown>('generationId', '');
		const id = parseId(given, 'Generation ID', 'starting the generation');
		const { path, query } = JOB_KINDS[kind].statusEndpoint(id);
		return await toJobItems(context, kind, await context.get(path, query), {}, id);
	},
};
