import type { FastifyInstance } from 'fastify';

import { draftVideo } from '../answers/videos';
import { serveJobPolls, serveJobStart } from '../jobRoute';
import type { JobEndpoint } from '../jobRoute';
import type { SandboxState } from '../state';

const endpoint: JobEndpoint = {
	path: '/v2/video/generations',
	aliases: ['/v1/video/generations', '/video/generations'],
	draft: draftVideo,
};

/** POST /v2/video/generations starts a job; GET of the same path asks after it. */
export function serveVideo(api: FastifyInstance, state: SandboxState): void {
	serveJobStart(api, state, endpoint);
	serveJobPolls(api, state, endpoint);
}
