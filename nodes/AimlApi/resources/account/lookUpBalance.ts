import type { IDataObject } from 'n8n-workflow';
import { BALANCE } from '../../../shared/catalogue/endpoints';
import { CallFailure } from '../../../shared/run/fault';
import type { Operation } from '../../../shared/run/operation';
import { readUnknownAnswer } from '../../../shared/run/readFault';

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
