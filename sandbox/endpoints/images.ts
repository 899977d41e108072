import type { FastifyInstance } from 'fastify';
import { generateImages } from '../answers/images';
import { serveModelEndpoint } from '../server/modelRoute';
import type { SandboxState } from '../server/state';

/** POST /v1/images/generations, images and 3D models; POST /v1/images/edits, a form. */
export function serveImages(api: FastifyInstance, state: SandboxState): void {
	serveModelEndpoint(api, state, {
		path: '/v1/images/generations',
		aliases: ['/images/generations'],
		answer: generateImages,
	});
	serveModelEndpoint(api, state, {
		path: '/v1/images/edits',
		aliases: ['/images/edits'],
		answer: generateImages,
	});
}
