import type { INodeProperties } from 'n8n-workflow';
import { underRunPolicy } from '../../../shared/run/runPolicy';
import { generateFields } from './generate';
import { generateVideo } from './generateVideo';

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
				routing: {
					request: { method: generateVideo.endpoint.method, url: generateVideo.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(generateVideo) },
				},
			},
		],
		default: 'generate',
	},
	...generateFields,
];
