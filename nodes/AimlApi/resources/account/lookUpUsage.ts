import type { IDataObject } from 'n8n-workflow';
import { USAGE } from '../../../shared/catalogue/endpoints';
import { readPeriod, readStartAndEnd } from '../../../shared/request/timeRange';
import { CallFailure } from '../../../shared/run/fault';
import type { Call, Operation } from '../../../shared/run/operation';
import { readUnknownAnswer } from '../../../shared/run/readFault';

/** GET /v2/usage: what the key spent, and in how many requests. */
export const lookUpUsage: Operation = {
	endpoint: USAGE,
	async perform(call) {
		const response = await call.get(USAGE.path, readTimeRange(call));
		const json = response.json as IDataObject;
		if (!call.field('simplify', true)) return [{ json }];
		const { spend, currency, requests, start, end } = json;
		if (typeof spend !== 'number') throw new CallFailure(readUnknownAnswer(response, 'spend'));
		return [{ json: { spend, currency, requests, start, end } }];
	},
};

function readTimeRange(call: Call): Record<string, string> {
	return call.field<string>('timeRange', 'period') === 'dates'
		? readStartAndEnd(call.field<unknown>('start', ''), call.field<unknown>('end', ''))
		: readPeriod(call.field<unknown>('period', '24h'));
}
