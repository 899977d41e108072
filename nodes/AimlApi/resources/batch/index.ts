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
				description: 'Cancel a batch that is still running',
				routing: toRouting(cancelBatch, cancelFields),
			},
			{
				name: 'Create a Batch',
				value: 'create',
				action: 'Create a batch',
				description:
					"Send all input items as one batch, at a lower price. Get the results later with 'Get Batch Results'.",
				routing: toRouting(createBatch, createFields),
			},
			{
				name: 'Get Batch Results',
				value: 'get',
				action: 'Get batch results',
				description: 'Get the results or the status of a batch',
				routing: toRouting(getBatch, getFields),
			},
		],
		default: 'create',
	},
	fields: { cancel: cancelFields, create: createFields, get: getFields },
};
