import type { FastifyInstance } from 'fastify';
import { answerEmbeddings } from '../answers/embeddings';
import { generateImages } from '../answers/images';
import { draftMusic } from '../answers/music';
import { extractText } from '../answers/ocr';
import { speak } from '../answers/speech';
import { draftVideo } from '../answers/videos';
import { serveJobPolls, serveJobStart, type JobEndpoint } from '../server/jobRoute';
import { serveModelEndpoint, type ModelEndpoint } from '../server/modelRoute';
import type { SandboxState } from '../server/state';

const ANSWERED_AT_ONCE: ModelEndpoint[] = [
	{ path: '/v1/images/generations', aliases: ['/images/generations'], answer: generateImages },
	{ path: '/v1/images/edits', aliases: ['/images/edits'], answer: generateImages },
	{ path: '/v1/tts', aliases: [], answer: speak },
	{ path: '/v1/ocr', aliases: [], answer: extractText },
	{ path: '/v1/embeddings', aliases: [], answer: answerEmbeddings },
];

/** GET of the same path polls the job. */
const STARTING_JOBS: JobEndpoint[] = [
	{
		path: '/v2/video/generations',
		aliases: ['/v1/video/generations', '/video/generations'],
		draft: draftVideo,
	},
	{ path: '/v2/generate/audio', aliases: [], draft: draftMusic },
];

/** The endpoints that need no code of their own besides the answer. */
export function serveGenerations(api: FastifyInstance, state: SandboxState): void {
	for (const endpoint of ANSWERED_AT_ONCE) serveModelEndpoint(api, state, endpoint);
	for (const endpoint of STARTING_JOBS) {
		serveJobStart(api, state, endpoint);
		serveJobPolls(api, state, endpoint);
	}
}
