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
				description: 'Turn texts into vectors, many items in one request',
				routing: toRouting(createEmbedding, createFields),
			},
		],
		default: 'create',
	},
	fields: { create: createFields },
};
