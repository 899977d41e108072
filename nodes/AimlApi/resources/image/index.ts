import type { INodeProperties } from 'n8n-workflow';
import { underRunPolicy } from '../../../shared/run/runPolicy';
import { generateFields } from './generate';
import { generateImage } from './generateImage';

export const imageDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['image'] } },
		options: [
			{
				name: 'Generate an Image',
				value: 'generate',
				action: 'Generate an image',
				description: 'Make images or 3D models from a prompt, from files, or both',
				routing: {
					request: { method: generateImage.endpoint.method, url: generateImage.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(generateImage) },
				},
			},
		],
		default: 'generate',
	},
	...generateFields,
];
