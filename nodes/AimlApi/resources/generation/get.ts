import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import {
	downloadOption,
	maxWaitOption,
	onMaxWaitOption,
	outputFieldOption,
	pollIntervalOption,
	waitForCompletionOption,
} from '../../descriptions/mediaOptions';
import {
	itemsInParallelOption,
	maxRetriesOption,
	modelOptionsField,
	simplifyField,
	timeoutOption,
} from '../../../shared/descriptions/options';

const properties: INodeProperties[] = [
	{
		displayName: 'Kind',
		name: 'kind',
		type: 'options',
		default: 'video',
		description: 'What was started: a transcription is a generation, too',
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
		description: 'The ID that starting the generation returned',
	},
	simplifyField,
	{
		...modelOptionsField,
		options: [
			downloadOption,
			itemsInParallelOption,
			maxRetriesOption,
			maxWaitOption,
			onMaxWaitOption,
			pollIntervalOption,
			outputFieldOption,
			timeoutOption,
			waitForCompletionOption,
		],
	},
];

/** Fields of 'Get a Generation'; what they mean for the request stands in `getGeneration`. */
export const getFields = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['get'] } },
	properties,
);
