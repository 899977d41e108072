import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';

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
