import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { CallFailure } from '../../../shared/errors/ApiError';
import { BALANCE } from '../../../shared/models/endpoints';
import { readUnknownAnswer } from '../../../shared/transport/apiErrors';
import type { Operation } from '../../run/operation';

const properties: INodeProperties[] = [simplifyField, lookUpOptionsField];

/** Fields of 'Get Balance'; what they mean for the request stands in `lookUpBalance`. */
export const getBalanceFields = updateDisplayOptions(
	{ show: { resource: ['account'], operation: ['getBalance'] } },
	properties,
);

/** GET /v2/billing: what is left on the account. */
export const lookUpBalance: Operation = {
	endpoint: BALANCE,
	async perform(call) {
		const response = await call.get(BALANCE.path, {});
		const json = response.json as IDataObject;
		if (!call.field('simplify', true)) return [{ json }];
		if (typeof json.current_balance !== 'number') {
			throw new CallFailure(readUnknownAnswer(response, 'balance'));
		}
		return [{ json: { balance: json.current_balance, currency: json.currency } }];
	},
};
