import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { isRecord } from '../../../shared/json';
import { TRANSACTIONS } from '../../../shared/models/endpoints';
import { filtersField, listFields } from '../../descriptions/listFields';
import type { Operation } from '../../run/operation';
import { getRowItems, toFilterQuery } from './rows';
import { parseMoment } from './timeRange';

/** Fields of 'Get Many Transactions'. */
export const getTransactionsFields: INodeProperties[] = [
	...listFields,
	{
		...filtersField,
		options: [
			{
				displayName: 'Direction',
				name: 'direction',
				type: 'options',
				default: 'CHARGE',
				options: [
					{ name: 'Charge', value: 'CHARGE', description: 'Money going out' },
					{ name: 'Top-Up', value: 'TOPUP', description: 'Money coming in' },
				],
			},
			{
				displayName: 'From',
				name: 'from',
				type: 'dateTime',
				default: '',
				description: 'In UTC, unless the value has a time zone',
			},
			{
				displayName: 'To',
				name: 'to',
				type: 'dateTime',
				default: '',
				description: 'In UTC, unless the value has a time zone',
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				default: 'MODEL_USAGE',
				options: [
					{ name: 'Adjustment', value: 'ADJUSTMENT' },
					{ name: 'Bonus', value: 'BONUS' },
					{ name: 'Credits Expired', value: 'CREDITS_EXPIRED' },
					{ name: 'Initial Balance', value: 'INIT' },
					{ name: 'Model Usage', value: 'MODEL_USAGE' },
					{ name: 'Payment', value: 'PAYMENT' },
					{ name: 'Refund', value: 'REFUND' },
				],
			},
		],
	},
	simplifyField,
	lookUpOptionsField,
];

/** GET /v2/billing/transactions: an item for each movement of the balance, newest first. */
export const getTransactions: Operation = {
	endpoint: TRANSACTIONS,
	async execute(context) {
		const filters = context.getField<Record<string, unknown>>('filters', {});
		const moment = (name: string, label: string) =>
			filters[name] ? { [name]: new Date(parseMoment(filters[name], label)).toISOString() } : {};
		return await getRowItems(context, {
			path: TRANSACTIONS.path,
			query: {
				...moment('from', 'From'),
				...moment('to', 'To'),
				...toFilterQuery(filters, { direction: 'Direction', type: 'Type' }),
			},
			nextPage: ({ next_cursor: cursor }) =>
				typeof cursor === 'string' || typeof cursor === 'number'
					? { cursor: String(cursor) }
					: undefined,
			toJson: toTransaction,
		});
	},
};

function toTransaction({ created_at: created, reference_id: referenceId, ...row }: IDataObject) {
	const { direction, type, amount, model } = row;
	return {
		created,
		direction,
		type,
		...(isRecord(amount) && { usd: amount.usd, credits: amount.credits }),
		model,
		referenceId,
	} as IDataObject;
}
