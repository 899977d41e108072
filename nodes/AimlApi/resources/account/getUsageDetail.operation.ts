import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { isRecord } from '../../../shared/json';
import { USAGE_DETAIL } from '../../../shared/models/endpoints';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import { parseChoice } from '../../run/choiceField';
import type { Operation } from '../../run/operation';
import { simplify } from '../../run/simplify';
import { toTokens } from './rows';
import { parseTimeZone } from './timeRange';
import { getTimeRange, timeRangeFields } from './timeRangeFields';

const GROUPS = ['day', 'day,model', 'model'] as const;

/** Fields of 'Get Usage by Day and Model'. */
export const getUsageDetailFields: INodeProperties[] = [
	...timeRangeFields,
	{
		displayName: 'Group By',
		name: 'groupBy',
		type: 'options',
		default: 'day,model',
		description: 'What each output item adds up',
		options: [
			{ name: 'Day', value: 'day' },
			{ name: 'Day and Model', value: 'day,model' },
			{ name: 'Model', value: 'model' },
		],
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		displayOptions: { show: { groupBy: ['day', 'day,model'] } },
		description: 'The time zone in which days begin and end. Empty means UTC.',
	},
	simplifyField,
	lookUpOptionsField,
];

/** GET /v2/usage/detail: an item for each day and model, with spend, tokens and requests. */
export const getUsageDetail: Operation = {
	endpoint: USAGE_DETAIL,
	async execute(context) {
		const timeZone = parseTimeZone(context.getField<unknown>('timeZone', ''), 'Time Zone');
		const response = await context.get(USAGE_DETAIL.path, {
			...getTimeRange(context),
			group_by: parseChoice(context.getField<unknown>('groupBy', 'day,model'), 'Group By', GROUPS),
			...(timeZone && { tz: timeZone }),
		});
		return await simplify(context, response, () => {
			const { groups, currency } = (response.json ?? {}) as IDataObject;
			if (!Array.isArray(groups)) throw new ApiError(unexpectedResponseError(response, 'groups'));
			return groups.filter(isRecord).map((group) => ({ json: toGroup(group, currency) }));
		});
	},
};

function toGroup(
	{ day, model, spend, tokens, requests }: Record<string, unknown>,
	currency: unknown,
): IDataObject {
	return {
		...(day !== undefined && { day }),
		...(model !== undefined && { model }),
		spend,
		currency,
		...toTokens(tokens),
		...(isRecord(requests) && {
			requests: requests.total,
			chargedRequests: requests.charged,
			failedRequests: requests.failed,
		}),
	} as IDataObject;
}
