import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { getBalance, getBalanceFields } from './getBalance.operation';
import { getUsage, getUsageFields } from './getUsage.operation';

export const accountDescription: ResourceDescription = {
	resource: 'account',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Get Balance',
				value: 'getBalance',
				action: 'Get the balance of the account',
				description: 'Get how many dollars are left on the account',
				routing: toRouting(getBalance, getBalanceFields),
			},
			{
				name: 'Get Usage',
				value: 'getUsage',
				action: 'Get the usage of the account',
				description: 'Get how much the key spent over a time, and in how many requests',
				routing: toRouting(getUsage, getUsageFields),
			},
		],
		default: 'getBalance',
	},
	fields: { getBalance: getBalanceFields, getUsage: getUsageFields },
};
