import type { INodeProperties } from 'n8n-workflow';
import { toRouting } from '../../properties';
import { createEmbedding, createFields } from './create.operation';

export const embeddingDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['embedding'] } },
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
	...createFields,
];
