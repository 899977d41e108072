import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { cancelBatch, cancelFields } from './cancel.operation';
import { createBatch, createFields } from './create.operation';
import { getBatch, getFields } from './get.operation';

export const batchDescription: ResourceDescription = {
	resource: 'batch',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Cancel a Batch',
				value: 'cancel',
				action: 'Cancel a batch',
				description: 'End a batch before it is ready',
				routing: toRouting(cancelBatch, cancelFields),
			},
			{
				name: 'Create a Batch',
				value: 'create',
				action: 'Create a batch',
				description: 'Send the requests of all items together, to be worked on at a lower price',
				routing: toRouting(createBatch, createFields),
			},
			{
				name: 'Get a Batch',
				value: 'get',
				action: 'Get a batch',
				description: 'Get the results of a batch, or how it goes',
				routing: toRouting(getBatch, getFields),
			},
		],
		default: 'create',
	},
	fields: { cancel: cancelFields, create: createFields, get: getFields },
};
