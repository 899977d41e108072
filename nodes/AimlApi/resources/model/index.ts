import type { INodeProperties } from 'n8n-workflow';
import { toRouting } from '../../properties';
import { getFields, getModel } from './get.operation';
import { getAllFields, getModels } from './getAll.operation';

export const modelDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['model'] } },
		options: [
			{
				name: 'Get a Model',
				value: 'get',
				action: 'Get a model',
				description: 'Get what a model can do and costs',
				routing: toRouting(getModel, getFields),
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many models',
				description: 'Get the models that the API offers, with their prices',
				routing: toRouting(getModels, getAllFields),
			},
		],
		default: 'getAll',
	},
	...getFields,
	...getAllFields,
];
