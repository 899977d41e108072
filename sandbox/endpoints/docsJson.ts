import type { FastifyInstance } from 'fastify';
import { ApiError } from '../server/errors';
import { ENDPOINT_KINDS } from '../models/kinds';
import type { EndpointPath } from '../models/model';
import type { SandboxState } from '../server/state';

interface Query {
	model?: string;
	/** An endpoint type of the catalog. */
	endpoint?: string;
}

const pathOf = (type: string | undefined) =>
	(Object.keys(ENDPOINT_KINDS) as EndpointPath[]).find(
		(path) => ENDPOINT_KINDS[path].type === type,
	);

/** GET /docs-json: the OpenAPI document of a model's request. */
export function serveDocsJson(api: FastifyInstance, { catalog }: SandboxState): void {
	api.get<{ Querystring: Query }>('/docs-json', { config: { open: true } }, async ({ query }) => {
		const path = pathOf(query.endpoint);
		const model = path && catalog.find(query.model ?? '', path);
		if (!model) throw new ApiError(404, `No document for ${query.model} at ${query.endpoint}`);
		return model.document;
	});
}
