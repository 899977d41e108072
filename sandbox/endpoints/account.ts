import type { FastifyInstance } from 'fastify';
import { balanceOf } from '../server/account';
import { ApiError } from '../server/errors';
import type { RequestLog } from '../server/requestLog';
import type { SandboxState } from '../server/state';
import { parseWindow, requestRows, type RequestRow, type Window } from './usage';

interface LogsQuery extends Window {
	model?: string;
	status?: string;
	limit?: string;
	offset?: string;
}

interface TransactionsQuery {
	direction?: string;
	type?: string;
	limit?: string;
	cursor?: string;
}

/** GET /v2/billing, /v2/logs, /v2/billing/transactions and /v1/key: the account and its requests. */
export function serveAccount(api: FastifyInstance, state: SandboxState): void {
	const { requestLog } = state;
	api.get('/v2/billing', async (request) => ({
		current_balance: balanceOf(state, request),
		currency: 'USD',
	}));
	api.get<{ Querystring: LogsQuery }>('/v2/logs', async ({ query }) =>
		listRequests(requestRows(requestLog), query),
	);
	api.get<{ Querystring: TransactionsQuery }>('/v2/billing/transactions', async ({ query }) =>
		listCharges(requestRows(requestLog), query),
	);
	api.get('/v1/key', async () => describeKey(requestLog));
}

function listRequests(rows: RequestRow[], query: LogsQuery) {
	const { model, status, limit, offset = 0, ...window } = query;
	parseWindow(window);
	const found = rows
		.filter((row) => model === undefined || row.model === model)
		.filter((row) => status === undefined || row.status === status);
	const start = Number(offset);
	const count = parsePageSize(limit);
	const has_more = start + count < found.length;
	return {
		data: found.slice(start, start + count),
		pagination: { limit: count, offset: start, total: found.length, has_more },
	};
}

function listCharges(rows: RequestRow[], query: TransactionsQuery) {
	const { direction, type, limit, cursor = 0 } = query;
	const found = rows
		.filter(({ cost }) => cost.credits > 0)
		.map(toCharge)
		.filter((charge) => direction === undefined || charge.direction === direction)
		.filter((charge) => type === undefined || charge.type === type);
	const start = Number(cursor);
	const next = start + parsePageSize(limit);
	const has_more = next < found.length;
	return {
		data: found.slice(start, next),
		pagination: { next_cursor: has_more ? String(next) : null, has_more },
	};
}

const toCharge = ({ created, cost, model, inference_id }: RequestRow) => ({
	created_at: created,
	direction: 'CHARGE',
	type: 'MODEL_USAGE',
	amount: cost,
	model,
	reference_id: inference_id,
});

function parsePageSize(limit = '50'): number {
	const size = Number(limit);
	if (Number.isInteger(size) && size >= 1 && size <= 100) return size;
	throw new ApiError(400, 'limit must be between 1 and 100');
}

const describeKey = ({ startedAt, usd }: RequestLog) => ({
	data: {
		name: 'sandbox',
		disabled: false,
		prefix: 'sandbox-',
		scopes: ['model:chat', 'model:image'],
		limit: { retention: 'month', threshold: 25 },
		created_at: new Date(startedAt).toISOString(),
		updated_at: new Date(startedAt).toISOString(),
		monthly_usage: usd,
	},
});
