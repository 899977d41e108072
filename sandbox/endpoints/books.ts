import type { FastifyInstance } from 'fastify';
import { balanceOf } from '../server/account';
import { ApiError } from '../server/errors';
import type { LoggedCall } from '../server/requestLog';
import type { SandboxState } from '../server/state';
import { readWindow, type Window } from './usage';

type Query<T> = { Querystring: T };
type Row = ReturnType<typeof toRow>;

/** What the API keeps of an account: its balance, its requests, their sums and the charges. */
export function serveBooks(api: FastifyInstance, state: SandboxState): void {
	const { requestLog } = state;
	/** Requests to models, newest first. */
	const rows = (): Row[] => {
		const paid = requestLog.calls.filter(({ method, model }) => method === 'POST' && model);
		return paid.map((call) => toRow(call, requestLog.startedAt)).reverse();
	};

	api.get('/v2/billing', async (request) => ({
		current_balance: balanceOf(state, request),
		currency: 'USD',
	}));

	api.get<Query<Window & { group_by?: string; tz?: string }>>(
		'/v2/usage/detail',
		async ({ query }) => {
			const { group_by: by, tz = 'UTC', ...window } = query;
			if (by !== undefined && !['day', 'model', 'day,model'].includes(by)) {
				throw new ApiError(400, 'group_by must be day, model or day,model');
			}
			if (!Intl.supportedValuesOf('timeZone').concat('UTC').includes(tz)) {
				throw new ApiError(400, 'tz must be a canonical IANA zone name');
			}
			const groups = new Map<string, Row[]>();
			for (const row of rows()) {
				const key = JSON.stringify(keyOf(row, by ?? 'model', tz));
				groups.set(key, [...(groups.get(key) ?? []), row]);
			}
			const sums = [...groups].map(([key, members]) => ({
				...(JSON.parse(key) as object),
				...sumOf(members),
			}));
			return {
				api_key_prefix: null,
				...readWindow(window),
				spend: requestLog.usd,
				currency: 'USD',
				requests: requestLog.paidCalls,
				models: [],
				...(by !== undefined && { groups: sums }),
			};
		},
	);

	api.get<Query<Window & { model?: string; status?: string; limit?: string; offset?: string }>>(
		'/v2/logs',
		async ({ query: { model, status, limit, offset, ...window } }) => {
			readWindow(window);
			const found = rows()
				.filter((row) => model === undefined || row.model === model)
				.filter((row) => status === undefined || row.status === status);
			const [count, start] = [pageSize(limit), Number(offset ?? 0)];
			return {
				data: found.slice(start, start + count),
				pagination: {
					limit: count,
					offset: start,
					total: found.length,
					has_more: start + count < found.length,
				},
			};
		},
	);

	api.get<Query<{ direction?: string; type?: string; limit?: string; cursor?: string }>>(
		'/v2/billing/transactions',
		async ({ query: { direction, type, limit, cursor } }) => {
			const charges = rows()
				.filter(({ cost }) => cost.credits > 0)
				.map(({ created, cost, model, inference_id }) => ({
					created_at: created,
					direction: 'CHARGE',
					type: 'MODEL_USAGE',
					amount: cost,
					model,
					reference_id: inference_id,
				}));
			const found = charges
				.filter((entry) => direction === undefined || entry.direction === direction)
				.filter((entry) => type === undefined || entry.type === type);
			const start = Number(cursor ?? 0);
			const next = start + pageSize(limit);
			const has_more = next < found.length;
			return {
				data: found.slice(start, next),
				pagination: { next_cursor: has_more ? String(next) : null, has_more },
			};
		},
	);

	api.get('/v1/key', async () => ({
		data: {
			name: 'sandbox',
			disabled: false,
			prefix: 'sandbox-',
			scopes: ['model:chat', 'model:image'],
			limit: { retention: 'month', threshold: 25 },
			created_at: new Date(requestLog.startedAt).toISOString(),
			updated_at: new Date(requestLog.startedAt).toISOString(),
			monthly_usage: requestLog.usd,
		},
	}));
}

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

const keyOf = ({ created, model }: Row, by: string, timeZone: string) => ({
	...(by.includes('day') && {
		// The Swedish form of a date is that of ISO 8601.
		day: new Date(created).toLocaleDateString('sv-SE', { timeZone }),
	}),
	...(by.includes('model') && { model }),
});

function sumOf(rows: Row[]) {
	const sum = (figure: (row: Row) => number) => rows.reduce((total, row) => total + figure(row), 0);
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

function pageSize(limit = '50'): number {
	const size = Number(limit);
	if (Number.isInteger(size) && size >= 1 && size <= 100) return size;
	throw new ApiError(400, 'limit must be between 1 and 100');
}
