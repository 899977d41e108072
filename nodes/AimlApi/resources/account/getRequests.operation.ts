import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { isRecord } from '../../../shared/json';
import { LOGS } from '../../../shared/models/endpoints';
import { parseText } from '../../../shared/parameters/textField';
import { filtersField, listFields } from '../../descriptions/listFields';
import type { Operation } from '../../run/operation';
import { getRowItems, toFilterQuery, toTokens } from './rows';
import { getTimeRange, timeRangeFields } from './timeRangeFields';

/** Fields of 'Get Many Requests'. */
export const getRequestsFields: INodeProperties[] = [
	...timeRangeFields,
	...listFields,
	{
		...filtersField,
		options: [
			{
				displayName: 'Model ID',
				name: 'model',
				type: 'string',
				default: '',
				placeholder: 'e.g. openai/gpt-4o',
				description: 'Only requests to this model',
			},
			{
				displayName: 'Request ID Starts With',
				name: 'requestIdStart',
				type: 'string',
				default: '',
				placeholder: 'e.g. n8n:kSD8f2',
				description:
					"Only requests whose 'Request ID' starts with this. By default, it is n8n, workflow ID, execution ID, node name and item number, separated by colons.",
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'succeeded',
				options: [
					{ name: 'Failed', value: 'failed' },
					{ name: 'Succeeded', value: 'succeeded' },
				],
			},
		],
	},
	simplifyField,
	lookUpOptionsField,
];

/** GET /v2/logs: an item for each request of the key, newest first. */
export const getRequests: Operation = {
	endpoint: LOGS,
	async execute(context) {
		const filters = context.getField<Record<string, unknown>>('filters', {});
		const requestIdStart = parseText(filters.requestIdStart, 'Request ID Starts With');
		return await getRowItems(context, {
			path: LOGS.path,
			query: {
				...getTimeRange(context),
				...toFilterQuery(filters, { model: 'Model ID', status: 'Status' }),
			},
			nextPage: (_, offset) => ({ offset: String(offset) }),
			isWanted: ({ client_request_id: id }) => String(id ?? '').startsWith(requestIdStart),
			toJson: toRequest,
		});
	},
};

function toRequest(row: IDataObject): IDataObject {
	const { created, status, origin, model, cost, tokens } = row;
	return {
		created,
		status,
		model,
		...(isRecord(cost) && { cost: { usd: cost.usd, credits: cost.credits } }),
		...toTokens(tokens),
		requestId: row.client_request_id,
		inferenceId: row.inference_id,
		origin,
	} as IDataObject;
}
