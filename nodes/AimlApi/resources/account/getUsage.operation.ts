import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { CallFailure } from '../../../shared/errors/ApiError';
import { USAGE } from '../../../shared/models/endpoints';
import { readUnknownAnswer } from '../../../shared/transport/apiErrors';
import type { Call, Operation } from '../../run/operation';
import { readPeriod, readStartAndEnd } from './timeRange';

const properties: INodeProperties[] = [
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

/** Fields of 'Get Usage'; what they mean for the request stands in `lookUpUsage`. */
export const getUsageFields = updateDisplayOptions(
	{ show: { resource: ['account'], operation: ['getUsage'] } },
	properties,
);

/** GET /v2/usage: what the key spent, and in how many requests. */
export const lookUpUsage: Operation = {
	endpoint: USAGE,
	async perform(call) {
		const response = await call.get(USAGE.path, readTimeRange(call));
		const json = response.json as IDataObject;
		if (!call.field('simplify', true)) return [{ json }];
		const { spend, currency, requests, start, end } = json;
		if (typeof spend !== 'number') throw new CallFailure(readUnknownAnswer(response, 'spend'));
		return [{ json: { spend, currency, requests, start, end } }];
	},
};

function readTimeRange(call: Call): Record<string, string> {
	return call.field<string>('timeRange', 'period') === 'dates'
		? readStartAndEnd(call.field<unknown>('start', ''), call.field<unknown>('end', ''))
		: readPeriod(call.field<unknown>('period', '24h'));
}
