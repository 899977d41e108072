import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { USAGE } from '../../../shared/models/endpoints';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { ItemContext, Operation } from '../../run/operation';
import { parsePeriod, parseStartAndEnd } from './timeRange';

/** Fields of 'Get Usage'. */
export const getUsageFields: INodeProperties[] = [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		default: 'period',
		description: 'How to say which time to look at, 92 days at most',
		options: [
			{ name: 'Period', value: 'period', description: 'So many hours or days until now' },
			{ name: 'Start and End', value: 'dates', description: 'From one moment to another' },
		],
	},
	{
		displayName: 'Period',
		name: 'period',
		type: 'string',
		required: true,
		default: '24h',
		displayOptions: { show: { timeRange: ['period'] } },
		placeholder: 'e.g. 7d',
		description: 'A whole number of hours (h) or days (d) until now',
	},
	{
		displayName: 'Start',
		name: 'start',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { timeRange: ['dates'] } },
		description: 'Without an offset it is in UTC',
	},
	{
		displayName: 'End',
		name: 'end',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { timeRange: ['dates'] } },
		description: 'Without an offset it is in UTC',
	},
	simplifyField,
	lookUpOptionsField,
];

/** GET /v2/usage: what the key spent, and in how many requests. */
export const getUsage: Operation = {
	endpoint: USAGE,
	async execute(context) {
		const response = await context.get(USAGE.path, getTimeRange(context));
		const json = response.json as IDataObject;
		if (!context.getField('simplify', true)) return [{ json }];
		const { spend, currency, requests, start, end } = json;
		if (typeof spend !== 'number') throw new ApiError(unexpectedResponseError(response, 'spend'));
		return [{ json: { spend, currency, requests, start, end } }];
	},
};

function getTimeRange(context: ItemContext): Record<string, string> {
	return context.getField<string>('timeRange', 'period') === 'dates'
		? parseStartAndEnd(context.getField<unknown>('start', ''), context.getField<unknown>('end', ''))
		: parsePeriod(context.getField<unknown>('period', '24h'));
}
