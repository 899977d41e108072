import type { INodeProperties } from 'n8n-workflow';
import { toRouting } from '../../properties';
import { generateFields, generateVideo } from './generate.operation';

export const videoDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['video'] } },
		options: [
			{
				name: 'Generate a Video',
				value: 'generate',
				action: 'Generate a video',
				description: 'Make a video from a prompt, from files, or both',
				routing: toRouting(generateVideo, generateFields),
			},
		],
		default: 'generate',
	},
	...generateFields,
];
