import type { INodeProperties } from 'n8n-workflow';
import { underRunPolicy } from '../../../shared/run/runPolicy';
import { createFields } from './create';
import { createEmbedding } from './createEmbedding';

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
				routing: {
					request: { method: createEmbedding.endpoint.method, url: createEmbedding.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(createEmbedding) },
				},
			},
		],
		default: 'create',
	},
	...createFields,
];
