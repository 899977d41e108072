import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { BALANCE } from '../../../shared/models/endpoints';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { Operation } from '../../run/operation';
import { simplify } from '../../run/simplify';

/** Fields of 'Get Balance'. */
export const getBalanceFields: INodeProperties[] = [simplifyField, lookUpOptionsField];

/** GET /v2/billing */
export const getBalance: Operation = {
	endpoint: BALANCE,
	async execute(context) {
		const response = await context.get(BALANCE.path, {});
		return await simplify(context, response, () => {
			const { current_balance: balance, currency } = (response.json ?? {}) as IDataObject;
			if (typeof balance !== 'number') {
				throw new ApiError(unexpectedResponseError(response, 'balance'));
			}
			return [{ json: { balance, currency } }];
		});
	},
};
