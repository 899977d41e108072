import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../../run/operation';
import { parsePeriod, parseStartAndEnd } from './timeRange';

/** Which time an account operation reports. */
export const timeRangeFields: INodeProperties[] = [
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
];

/**
 * The time range as the API takes it.
 *
 * @throws InputError when it is not valid
 */
export function getTimeRange(context: ItemContext): Record<string, string> {
	return context.getField<string>('timeRange', 'period') === 'dates'
		? parseStartAndEnd(context.getField<unknown>('start', ''), context.getField<unknown>('end', ''))
		: getPeriod(context);
}

function getPeriod(context: ItemContext): { period: string } {
	const period = context.getField<unknown>('period', '24h');
	return period === 'custom'
		? parsePeriod(context.getField<unknown>('customPeriod', ''), 'Custom Period')
		: parsePeriod(period, 'Period');
}
