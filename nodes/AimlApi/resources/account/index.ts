import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { getBalance, getBalanceFields } from './getBalance.operation';
import { getKey, getKeyFields } from './getKey.operation';
import { getRequests, getRequestsFields } from './getRequests.operation';
import { getTransactions, getTransactionsFields } from './getTransactions.operation';
import { getUsage, getUsageFields } from './getUsage.operation';
import { getUsageDetail, getUsageDetailFields } from './getUsageDetail.operation';

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
				name: 'Get Key',
				value: 'getKey',
				action: 'Get API key details',
				description: 'Get the scopes, limit and spend of the API key',
				routing: toRouting(getKey, getKeyFields),
			},
			{
				name: 'Get Many Requests',
				value: 'getRequests',
				action: 'Get many requests',
				description: 'Get the requests of the API key, with cost, tokens and IDs',
				routing: toRouting(getRequests, getRequestsFields),
			},
			{
				name: 'Get Many Transactions',
				value: 'getTransactions',
				action: 'Get many transactions',
				description: 'Get the charges and top-ups of the account',
				routing: toRouting(getTransactions, getTransactionsFields),
			},
			{
				name: 'Get Usage by Day and Model',
				value: 'getUsageDetail',
				action: 'Get account usage by day and model',
				description: 'Get spend, tokens and number of requests for each day and model',
				routing: toRouting(getUsageDetail, getUsageDetailFields),
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
	fields: {
		getBalance: getBalanceFields,
		getKey: getKeyFields,
		getRequests: getRequestsFields,
		getTransactions: getTransactionsFields,
		getUsage: getUsageFields,
		getUsageDetail: getUsageDetailFields,
	},
};
