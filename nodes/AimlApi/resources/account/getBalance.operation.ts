import type { IDataObject } from 'n8n-workflow';
import { BALANCE } from '../../../shared/models/endpoints';
import { CallFailure } from '../../../shared/errors/ApiError';
import type { Operation } from '../../run/operation';
import { readUnknownAnswer } from '../../../shared/transport/apiErrors';

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
