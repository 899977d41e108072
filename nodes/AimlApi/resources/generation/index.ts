import type { INodeProperties } from 'n8n-workflow';
import { toRouting } from '../../properties';
import { getFields, getGeneration } from './get.operation';

export const generationDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['generation'] } },
		options: [
			{
				name: 'Get a Generation',
				value: 'get',
				action: 'Get a generation',
				description: 'Get a video, music or transcription that was started earlier, by its ID',
				routing: toRouting(getGeneration, getFields),
			},
		],
		default: 'get',
	},
	...getFields,
];
