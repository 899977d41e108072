import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { generateFields, generateVideo } from './generate.operation';

export const videoDescription: ResourceDescription = {
	resource: 'video',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Generate a Video',
				value: 'generate',
				action: 'Generate a video',
				description: 'Generate a video from a prompt, files, or both',
				routing: toRouting(generateVideo, generateFields),
			},
		],
		default: 'generate',
	},
	fields: { generate: generateFields },
};
