import type { IDataObject } from 'n8n-workflow';
import { USAGE } from '../../../shared/models/endpoints';
import { readPeriod, readStartAndEnd } from './timeRange';
import { CallFailure } from '../../../shared/errors/ApiError';
import type { Call, Operation } from '../../run/operation';
import { readUnknownAnswer } from '../../../shared/transport/apiErrors';

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
