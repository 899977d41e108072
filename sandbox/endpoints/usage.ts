import type { FastifyInstance } from 'fastify';
import { ApiError } from '../server/errors';
import type { SandboxState } from '../server/state';

export interface Window {
	period?: string;
	start?: string;
	end?: string;
}

const HOUR_MS = 3_600_000;
const MAX_WINDOW_MS = 92 * 24 * HOUR_MS;

/**
 * GET /v2/usage: number and sum of the charged requests. The window is validated as documented, but the
 * response always covers the whole request log.
 */
export function serveUsage(api: FastifyInstance, { requestLog }: SandboxState): void {
	api.get<{ Querystring: Window }>('/v2/usage', async ({ query }) => ({
		api_key_prefix: null,
		...readWindow(query),
		spend: requestLog.usd,
		currency: 'USD',
		requests: requestLog.paidCalls,
	}));
}

/** @throws a 400 unless there is either `period`, or both `start` and `end` */
export function readWindow({ period, start, end }: Window): { start: string; end: string } {
	const hasBounds = start !== undefined && end !== undefined;
	if ((period !== undefined) === hasBounds) {
		throw new ApiError(400, 'Provide either period or both start and end');
	}
	const now = Date.now();
	const from = hasBounds ? Date.parse(start) : now - milliseconds(String(period));
	const to = hasBounds ? Date.parse(end) : now;
	if (!(from <= to && to - from <= MAX_WINDOW_MS)) {
		throw new ApiError(400, 'The window is not valid or exceeds 92 days');
	}
	return { start: new Date(from).toISOString(), end: new Date(to).toISOString() };
}

/** `24h` or `7d`; NaN for anything else. */
function milliseconds(period: string): number {
	const [, count, unit] = /^([1-9]\d*)([hd])$/.exec(period) ?? [];
	return Number(count ?? NaN) * (unit === 'd' ? 24 * HOUR_MS : HOUR_MS);
}
