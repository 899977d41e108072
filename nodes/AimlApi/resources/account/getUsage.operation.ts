import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { toNumber } from '../../../shared/json';
import { USAGE } from '../../../shared/models/endpoints';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { Operation } from '../../run/operation';
import { simplify } from '../../run/simplify';
import { getTimeRange, timeRangeFields } from './timeRangeFields';

/** Fields of 'Get Usage'. */
export const getUsageFields: INodeProperties[] = [
	...timeRangeFields,
	simplifyField,
	lookUpOptionsField,
];

/** GET /v2/usage */
export const getUsage: Operation = {
	endpoint: USAGE,
	async execute(context) {
		const response = await context.get(USAGE.path, getTimeRange(context));
		return await simplify(context, response, () => {
			const { currency, requests, start, end, ...body } = (response.json ?? {}) as IDataObject;
			const spend = toNumber(body.spend);
			if (spend === undefined) throw new ApiError(unexpectedResponseError(response, 'spend'));
			return [{ json: { spend, currency, requests, start, end } }];
		});
	},
};
