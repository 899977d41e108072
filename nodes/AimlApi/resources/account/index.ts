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
				action: 'Get account balance',
				description: 'Get the remaining balance in US dollars',
				routing: toRouting(getBalance, getBalanceFields),
			},
			{
				name: 'Get Usage',
				value: 'getUsage',
				action: 'Get account usage',
				description: 'Get the spend and number of requests for a time range',
				routing: toRouting(getUsage, getUsageFields),
			},
		],
		default: 'getBalance',
	},
	fields: { getBalance: getBalanceFields, getUsage: getUsageFields },
};
