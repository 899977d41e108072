import { createHash } from 'crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../server/errors';
import { currentEntry, parseSections } from '../models/currentEntry';
import { filterModels } from '../models/filter';
import { legacyEntries } from '../models/legacyEntry';
import { isVariantModel } from '../models/model';
import type { Query } from '../models/query';
import type { SandboxState } from '../server/state';

const WITHOUT_KEY = { config: { open: true } };

/** GET /v1/models and its aliases, and GET /model/{id}. Neither checks the key. */
export function serveModels(api: FastifyInstance, state: SandboxState): void {
	for (const path of ['/v1/models', '/models', '/api/v1/models']) {
		api.get<{ Querystring: Query }>(path, WITHOUT_KEY, async (request, reply) =>
			sendWithETag(request, reply, listModels(state, request.query)),
		);
	}
	api.get<{ Params: { '*': string }; Querystring: Query }>(
		'/model/*',
		WITHOUT_KEY,
		async ({ params, query }) => {
			const model = state.catalog.find(params['*']);
			if (!model) throw new ApiError(404, `Model ${params['*']} not found`);
			const [legacy] = legacyEntries([model]);
			const data = state.envelope === 'legacy' ? legacy : currentEntry(model, wanted(query));
			return { object: 'model', data };
		},
	);
}

/** GET /models/metrics: how fast each model that was called answers; always the same figures. */
export function serveMetrics(api: FastifyInstance, { requestLog }: SandboxState): void {
	api.get<{ Querystring: Record<string, string | string[]> }>(
		'/models/metrics',
		WITHOUT_KEY,
		async ({ query: { aliases, ...others } }) => {
			if (Object.keys(others).length) throw new ApiError(400, 'Only aliases is accepted');
			const named = [aliases ?? []].flat();
			const answered = requestLog.modelCalls.filter(({ status }) => status === 200);
			const models = [...new Map(answered.map(({ model, path }) => [model!, path]))]
				.filter(([alias]) => !named.length || named.includes(alias))
				.map(([alias, endpoint]) => ({ alias, endpoint, metrics: METRICS }));
			return { window_seconds: 300, generated_at: new Date().toISOString(), models };
		},
	);
}

const METRICS = {
	ttft_ms: { p50: 412, p75: 588, p90: 910, p99: 2140 },
	tps: { p50: 51.7, p75: 64.1, p90: 78.4, p99: 96.2 },
	duration_ms: { p50: 1830, p75: 2450, p90: 3900, p99: 9100 },
};

/** The sections that `include` requests; `details=true` requests all. */
const wanted = ({ details, include }: Query) => parseSections(details === 'true' ? 'all' : include);

function listModels({ envelope, catalog, listVariants }: SandboxState, query: Query): object {
	const listed = catalog.models.filter((model) => listVariants || !isVariantModel(model));
	if (envelope === 'legacy') return legacyEntries(listed);
	const sections = wanted(query);
	const models = filterModels(listed, query);
	return { object: 'list', data: models.map((model) => currentEntry(model, sections)) };
}

function sendWithETag(request: FastifyRequest, reply: FastifyReply, body: object) {
	const text = JSON.stringify(body);
	const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
	reply.header('etag', etag);
	if (request.headers['if-none-match'] === etag) return reply.code(304).send();
	return reply.type('application/json; charset=utf-8').send(text);
}
