import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { createEmbedding, createFields } from './create.operation';

export const embeddingDescription: ResourceDescription = {
	resource: 'embedding',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Create Embeddings',
				value: 'create',
				action: 'Create embeddings',
				description: 'Convert text to vectors for search and comparison',
				routing: toRouting(createEmbedding, createFields),
			},
		],
		default: 'create',
	},
	fields: { create: createFields },
};
