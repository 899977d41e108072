import type { FastifyInstance } from 'fastify';
import { draftVideo } from '../answers/videos';
import { serveJobPolls, serveJobStart, type JobEndpoint } from '../server/jobRoute';
import type { SandboxState } from '../server/state';

const ENDPOINT: JobEndpoint = {
	path: '/v2/video/generations',
	aliases: ['/v1/video/generations', '/video/generations'],
	draft: draftVideo,
};

/** POST /v2/video/generations starts a job; GET of the same path polls it. */
export function serveVideo(api: FastifyInstance, state: SandboxState): void {
	serveJobStart(api, state, ENDPOINT);
	serveJobPolls(api, state, ENDPOINT);
}
