import type { INodeProperties } from 'n8n-workflow';
import { routeTo } from '../../properties';
import { getBalanceFields, lookUpBalance } from './getBalance.operation';
import { getUsageFields, lookUpUsage } from './getUsage.operation';

export const accountDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: [
			{
				name: 'Get Balance',
				value: 'getBalance',
				action: 'Get the balance of the account',
				description: 'Get how many dollars are left on the account',
				routing: routeTo(lookUpBalance),
			},
			{
				name: 'Get Usage',
				value: 'getUsage',
				action: 'Get the usage of the account',
				description: 'Get how much the key spent over a time, and in how many requests',
				routing: routeTo(lookUpUsage),
			},
		],
		default: 'getBalance',
	},
	...getBalanceFields,
	...getUsageFields,
];
