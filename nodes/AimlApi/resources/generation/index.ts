import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { getFields, getGeneration } from './get.operation';

export const generationDescription: ResourceDescription = {
	resource: 'generation',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Get a Video, Music or Transcription',
				value: 'get',
				action: 'Get a video or music or transcription',
				description: 'Get the result of a generation that was started earlier, by its ID',
				routing: toRouting(getGeneration, getFields),
			},
		],
		default: 'get',
	},
	fields: { get: getFields },
};
