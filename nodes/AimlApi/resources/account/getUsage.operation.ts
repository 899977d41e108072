import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { USAGE } from '../../../shared/models/endpoints';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { ItemContext, Operation } from '../../run/operation';
import { simplify } from '../../run/simplify';
import { parsePeriod, parseStartAndEnd } from './timeRange';

/** Fields of 'Get Usage'. */
export const getUsageFields: INodeProperties[] = [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		default: 'period',
		description: 'The time range to report, up to 92 days',
		options: [
			{ name: 'Until Now', value: 'period', description: 'The last hours or days' },
			{ name: 'Start and End', value: 'dates', description: 'Between two dates' },
		],
	},
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		required: true,
		default: '24h',
		displayOptions: { show: { timeRange: ['period'] } },
		// In older workflows this is free text with any period.
		allowArbitraryValues: true,
		options: [
			{ name: 'Custom', value: 'custom', description: 'Any number of hours or days' },
			{ name: 'Last 24 Hours', value: '24h' },
			{ name: 'Last 30 Days', value: '30d' },
			{ name: 'Last 7 Days', value: '7d' },
		],
	},
	{
		displayName: 'Custom Period',
		name: 'customPeriod',
		type: 'string',
		default: '',
		displayOptions: { show: { timeRange: ['period'], period: ['custom'] } },
		placeholder: 'e.g. 48h',
		description: 'A whole number of hours (h) or days (d) until now',
	},
	{
		displayName: 'Start',
		name: 'start',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { timeRange: ['dates'] } },
		description: 'In UTC, unless the value has a time zone',
	},
	{
		displayName: 'End',
		name: 'end',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { timeRange: ['dates'] } },
		description: 'In UTC, unless the value has a time zone',
	},
	simplifyField,
	lookUpOptionsField,
];

/** GET /v2/usage */
export const getUsage: Operation = {
	endpoint: USAGE,
	async execute(context) {
		const response = await context.get(USAGE.path, getTimeRange(context));
		return await simplify(context, response, () => {
			const { spend, currency, requests, start, end } = response.json as IDataObject;
			if (typeof spend !== 'number') throw new ApiError(unexpectedResponseError(response, 'spend'));
			return [{ json: { spend, currency, requests, start, end } }];
		});
	},
};

function getTimeRange(context: ItemContext): Record<string, string> {
	return context.getField<string>('timeRange', 'period') === 'dates'
		? parseStartAndEnd(context.getField<unknown>('start', ''), context.getField<unknown>('end', ''))
		: parsePeriod(getPeriod(context));
}

const getPeriod = (context: ItemContext): unknown => {
	const period = context.getField<unknown>('period', '24h');
	return period === 'custom' ? context.getField<unknown>('customPeriod', '') : period;
};
