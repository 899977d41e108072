import type { INodeProperties } from 'n8n-workflow';
import { underRunPolicy } from '../../../shared/run/runPolicy';
import { editFields } from './edit';
import { editImage } from './editImage';
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
				name: 'Edit an Image',
				value: 'edit',
				action: 'Edit an image',
				description: 'Change images as a prompt says',
				routing: {
					request: { method: editImage.endpoint.method, url: editImage.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(editImage) },
				},
			},
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
	...editFields,
	...generateFields,
];
