import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { editFields, editImage } from './edit.operation';
import { generateFields, generateImage } from './generate.operation';

export const imageDescription: ResourceDescription = {
	resource: 'image',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Edit an Image',
				value: 'edit',
				action: 'Edit an image',
				description: "Edit images using a prompt. More editing models are in 'Generate an Image'.",
				routing: toRouting(editImage, editFields),
			},
			{
				name: 'Generate an Image',
				value: 'generate',
				action: 'Generate an image',
				description: 'Generate images or 3D models from a prompt, files, or both',
				routing: toRouting(generateImage, generateFields),
			},
		],
		default: 'generate',
	},
	fields: { edit: editFields, generate: generateFields },
};
