import type { FastifyInstance } from 'fastify';
import { speak } from '../answers/speech';
import { serveModelEndpoint } from '../server/modelRoute';
import type { SandboxState } from '../server/state';

/** POST /v1/tts: JSON, or the audio itself. */
export function serveSpeech(api: FastifyInstance, state: SandboxState): void {
	serveModelEndpoint(api, state, { path: '/v1/tts', aliases: [], answer: speak });
}
