import type { FastifyInstance } from 'fastify';
import { answerEmbeddings } from '../answers/embeddings';
import { serveModelEndpoint } from '../server/modelRoute';
import type { SandboxState } from '../server/state';

/** POST /v1/embeddings. */
export function serveEmbeddings(api: FastifyInstance, state: SandboxState): void {
	serveModelEndpoint(api, state, {
		path: '/v1/embeddings',
		aliases: [],
		answer: answerEmbeddings,
	});
}
