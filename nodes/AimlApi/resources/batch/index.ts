import type { INodeProperties } from 'n8n-workflow';
import { underRunPolicy } from '../../../shared/run/runPolicy';
import { cancelFields } from './cancel';
import { cancelBatch } from './cancelBatch';
import { createFields } from './create';
import { createBatch } from './createBatch';
import { getFields } from './get';
import { getBatch } from './getBatch';

export const batchDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['batch'] } },
		options: [
			{
				name: 'Cancel a Batch',
				value: 'cancel',
				action: 'Cancel a batch',
				description: 'End a batch before it is ready',
				routing: {
					request: { method: cancelBatch.endpoint.method, url: cancelBatch.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(cancelBatch) },
				},
			},
			{
				name: 'Create a Batch',
				value: 'create',
				action: 'Create a batch',
				description: 'Send the requests of all items together, to be worked on at a lower price',
				routing: {
					request: { method: createBatch.endpoint.method, url: createBatch.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(createBatch) },
				},
			},
			{
				name: 'Get a Batch',
				value: 'get',
				action: 'Get a batch',
				description: 'Get the results of a batch, or how it goes',
				routing: {
					request: { method: getBatch.endpoint.method, url: getBatch.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(getBatch) },
				},
			},
		],
		default: 'create',
	},
	...cancelFields,
	...createFields,
	...getFields,
];
