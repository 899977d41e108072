import type { FastifyInstance } from 'fastify';
import { draftMusic } from '../answers/music';
import { serveJobPolls, serveJobStart, type JobEndpoint } from '../server/jobRoute';
import type { SandboxState } from '../server/state';

const ENDPOINT: JobEndpoint = { path: '/v2/generate/audio', aliases: [], draft: draftMusic };

/** POST /v2/generate/audio starts a job; GET of the same path polls it. */
export function serveMusic(api: FastifyInstance, state: SandboxState): void {
	serveJobStart(api, state, ENDPOINT);
	serveJobPolls(api, state, ENDPOINT);
}
