import type { FastifyInstance } from 'fastify';
import { ApiError } from '../server/errors';
import type { LoggedCall, RequestLog } from '../server/requestLog';
import type { SandboxState } from '../server/state';

export interface Window {
	period?: string;
	start?: string;
	end?: string;
}

type DetailQuery = Window & { group_by?: string; tz?: string };

/**
 * GET /v2/usage and /v2/usage/detail: number and sum of the charged requests. The window is validated as
 * documented, but the responses always cover the whole request log.
 */
export function serveUsage(api: FastifyInstance, { requestLog }: SandboxState): void {
	const describeUsage = (window: Window) => ({
		api_key_prefix: null,
		...parseWindow(window),
		spend: requestLog.usd,
		currency: 'USD',
		requests: requestLog.paidCalls,
	});
	api.get<{ Querystring: Window }>('/v2/usage', async ({ query }) => describeUsage(query));
	api.get<{ Querystring: DetailQuery }>('/v2/usage/detail', async ({ query }) => {
		const { group_by: by, tz = 'UTC', ...window } = query;
		checkGrouping(by, tz);
		const groups = by === undefined ? undefined : groupRows(requestRows(requestLog), by, tz);
		return { ...describeUsage(window), models: [], groups };
	});
}

/** @throws a 400 unless there is either `period`, or both `start` and `end` */
export function parseWindow({ period, start, end }: Window): { start: string; end: string } {
	const hasBounds = start !== undefined && end !== undefined;
	if ((period !== undefined) === hasBounds) {
		throw new ApiError(400, 'Provide either period or both start and end');
	}
	const now = Date.now();
	const from = hasBounds ? Date.parse(start) : now - toMilliseconds(String(period));
	const to = hasBounds ? Date.parse(end) : now;
	if (!(from <= to && to - from <= MAX_WINDOW_MS)) {
		throw new ApiError(400, 'The window is not valid or exceeds 92 days');
	}
	return { start: new Date(from).toISOString(), end: new Date(to).toISOString() };
}

const HOUR_MS = 3_600_000;
const MAX_WINDOW_MS = 92 * 24 * HOUR_MS;

/** `24h` or `7d`; NaN for anything else. */
function toMilliseconds(period: string): number {
	const [, count, unit] = /^([1-9]\d*)([hd])$/.exec(period) ?? [];
	return Number(count ?? NaN) * (unit === 'd' ? 24 * HOUR_MS : HOUR_MS);
}

function checkGrouping(by: string | undefined, timeZone: string): void {
	if (by !== undefined && !['day', 'model', 'day,model'].includes(by)) {
		throw new ApiError(400, 'group_by must be day, model or day,model');
	}
	if (!Intl.supportedValuesOf('timeZone').concat('UTC').includes(timeZone)) {
		throw new ApiError(400, 'tz must be a canonical IANA zone name');
	}
}

/** A request to a model in the account's lists. */
export type RequestRow = ReturnType<typeof toRow>;

/** The requests to models, newest first. */
export const requestRows = (requestLog: RequestLog): RequestRow[] =>
	requestLog.modelCalls.map((call) => toRow(call, requestLog.startedAt)).reverse();

const toRow = (call: LoggedCall, startedAt: number) => ({
	created: new Date(startedAt + call.at).toISOString(),
	status: call.status >= 200 && call.status < 300 ? 'succeeded' : 'failed',
	origin: 'api',
	model: call.model!,
	cost: { usd: call.usd, credits: call.credits },
	tokens: call.tokens ?? { input: 0, output: 0, total: 0 },
	request_id: `req-${call.index}`,
	inference_id: call.requestId,
	client_request_id: call.clientRequestId ?? null,
});

/** @param by `day`, `model` or `day,model` */
function groupRows(rows: RequestRow[], by: string, timeZone: string) {
	const groups = new Map<string, RequestRow[]>();
	for (const row of rows) {
		const key = JSON.stringify(keyOf(row, by, timeZone));
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups].map(([key, members]) => ({
		...(JSON.parse(key) as object),
		...sumOf(members),
	}));
}

const keyOf = ({ created, model }: RequestRow, by: string, timeZone: string) => ({
	...(by.includes('day') && {
		// Dates in Swedish have the form of ISO 8601.
		day: new Date(created).toLocaleDateString('sv-SE', { timeZone }),
	}),
	...(by.includes('model') && { model }),
});

function sumOf(rows: RequestRow[]) {
	const sum = (figure: (row: RequestRow) => number) =>
		rows.reduce((total, row) => total + figure(row), 0);
	const succeeded = rows.filter(({ status }) => status === 'succeeded').length;
	return {
		spend: Number(sum(({ cost }) => cost.usd).toFixed(7)),
		tokens: {
			input: sum(({ tokens }) => tokens.input),
			output: sum(({ tokens }) => tokens.output),
			total: sum(({ tokens }) => tokens.total),
		},
		requests: {
			total: rows.length,
			charged: rows.filter(({ cost }) => cost.credits > 0).length,
			succeeded,
			failed: rows.length - succeeded,
		},
	};
}
