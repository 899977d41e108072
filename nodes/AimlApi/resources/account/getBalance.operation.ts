import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { toNumber } from '../../../shared/json';
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
			const { current_balance, currency } = (response.json ?? {}) as IDataObject;
			const balance = toNumber(current_balance);
			if (balance === undefined) {
				throw new ApiError(unexpectedResponseError(response, 'balance'));
			}
			return [{ json: { balance, currency } }];
		});
	},
};
