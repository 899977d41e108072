import type { INodeProperties } from 'n8n-workflow';
import { toRouting } from '../../properties';
import { editFields, editImage } from './edit.operation';
import { generateFields, generateImage } from './generate.operation';

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
				routing: toRouting(editImage, editFields),
			},
			{
				name: 'Generate an Image',
				value: 'generate',
				action: 'Generate an image',
				description: 'Make images or 3D models from a prompt, from files, or both',
				routing: toRouting(generateImage, generateFields),
			},
		],
		default: 'generate',
	},
	...editFields,
	...generateFields,
];
