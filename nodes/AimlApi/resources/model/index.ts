import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { getFields, getModel } from './get.operation';
import { getAllFields, getModels } from './getAll.operation';

export const modelDescription: ResourceDescription = {
	resource: 'model',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Get a Model',
				value: 'get',
				action: 'Get a model',
				description: 'Get the capabilities and prices of a model',
				routing: toRouting(getModel, getFields),
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many models',
				description: 'Get the available models and their prices',
				routing: toRouting(getModels, getAllFields),
			},
		],
		default: 'getAll',
	},
	fields: { get: getFields, getAll: getAllFields },
};
