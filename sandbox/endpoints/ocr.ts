import type { FastifyInstance } from 'fastify';
import { readDocument } from '../answers/ocr';
import { serveModelEndpoint } from '../server/modelRoute';
import type { SandboxState } from '../server/state';

/** POST /v1/ocr: the pages of a document as Markdown. */
export function serveOcr(api: FastifyInstance, state: SandboxState): void {
	serveModelEndpoint(api, state, { path: '/v1/ocr', aliases: [], answer: readDocument });
}
