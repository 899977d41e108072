import type { FastifyInstance } from 'fastify';
import { draftTranscript } from '../answers/transcription';
import { answerPoll, serveJobStart, type JobEndpoint } from '../server/jobRoute';
import type { SandboxState } from '../server/state';

const ENDPOINT: JobEndpoint = { path: '/v1/stt/create', aliases: [], draft: draftTranscript };

/** POST /v1/stt/create, JSON or a form, starts a transcription; GET /v1/stt/{id} polls it. */
export function serveTranscription(api: FastifyInstance, state: SandboxState): void {
	serveJobStart(api, state, ENDPOINT);
	for (const path of ['/v1/stt/*', '/stt/*']) {
		api.get<{ Params: { '*': string } }>(path, async (request, reply) =>
			answerPoll(state, ENDPOINT.path, request.params['*'], request, reply),
		);
	}
}
