import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { isRecord } from '../../../shared/json';
import { KEY } from '../../../shared/models/endpoints';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { Operation } from '../../run/operation';
import { simplify } from '../../run/simplify';

/** Fields of 'Get Key'. */
export const getKeyFields: INodeProperties[] = [simplifyField, lookUpOptionsField];

/** GET /v1/key: what the key may do, its limit and what it spent this month. Never the key itself. */
export const getKey: Operation = {
	endpoint: KEY,
	async execute(context) {
		const response = await context.get(KEY.path, {});
		return await simplify(context, response, () => {
			const key = isRecord(response.json) ? response.json.data : undefined;
			if (!isRecord(key)) throw new ApiError(unexpectedResponseError(response, 'key'));
			return [{ json: toKey(key) }];
		});
	},
};

function toKey({ name, prefix, disabled, scopes, limit, ...key }: Record<string, unknown>) {
	return {
		name,
		prefix,
		disabled,
		scopes,
		limit: isRecord(limit) ? { usd: limit.threshold, period: limit.retention } : null,
		spentThisMonth: key.monthly_usage,
		createdAt: key.created_at,
		updatedAt: key.updated_at,
	} as IDataObject;
}
