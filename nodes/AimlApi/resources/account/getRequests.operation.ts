import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { isRecord } from '../../../shared/json';
import { LOGS } from '../../../shared/models/endpoints';
import { listFields } from '../../descriptions/listFields';
import type { Operation } from '../../run/operation';
import { isSimplified } from '../../run/simplify';
import { getRows, toTokens } from './rows';
import { getTimeRange, timeRangeFields } from './timeRangeFields';

/** Fields of 'Get Many Requests'. */
export const getRequestsFields: INodeProperties[] = [
	...timeRangeFields,
	...listFields,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
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
					'Only requests whose own ID starts with this. By default, it is n8n, workflow ID, execution ID, node name and item number, separated by colons.',
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
		const { model, status, requestIdStart = '' } = filters;
		const query = {
			...getTimeRange(context),
			...(model ? { model: String(model) } : {}),
			...(status ? { status: String(status) } : {}),
		};
		const rows = await getRows(
			context,
			LOGS.path,
			query,
			(_, offset) => ({ offset: String(offset) }),
			(row) => String(row.client_request_id ?? '').startsWith(String(requestIdStart)),
		);
		const isSimple = isSimplified(context);
		return rows.map((row) => ({ json: isSimple ? toRequest(row) : row }));
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
