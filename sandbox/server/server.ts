import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { requireKey } from './account';
import { idFrom } from '../seededRandom';
import { injectFault, injectAnswerFault } from './faultInjection';
import { ApiError, errorBody } from './errors';
import { tryParse } from '../json';
import { isForm, parseForm } from './form';
import type { LoggedCall } from './requestLog';
import type { SandboxState } from './state';

declare module 'fastify' {
	interface FastifyRequest {
		/** Its entry in the request log. */
		call: LoggedCall;
		/** The raw body; `body` is the parsed JSON or form. */
		rawBody: Buffer;
	}
	interface FastifyContextConfig {
		/** Whether the route needs no key. */
		open?: boolean;
	}
}

/** Adds routes to a server. */
type Serve = (app: FastifyInstance, state: SandboxState) => void;

/** The routes of a sandbox: the API, result files, and the control API for tests. */
export interface Routes {
	api: Serve[];
	storage: Serve;
	control: Serve;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The whole server, not yet listening. */
export function createServer(
	state: SandboxState,
	{ api: endpoints, storage, control }: Routes,
): FastifyInstance {
	const app = Fastify({ forceCloseConnections: true, bodyLimit: MAX_BODY_BYTES });
	parseAnyBody(app);
	app.register(async (scope) => control(scope, state), { prefix: '/sandbox' });
	app.register(async (scope) => storage(scope, state));
	app.register(async (scope) => serveApi(scope, state, endpoints));
	return app;
}

/** Invalid bodies are passed on, since a fault may come first and routes have their own messages. */
function parseAnyBody(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'*',
		{ parseAs: 'buffer' },
		async (request: FastifyRequest, bytes: Buffer) => {
			request.rawBody = bytes;
			const type = request.headers['content-type'];
			if (isForm(type)) return await parseForm(bytes, type).catch(() => undefined);
			return tryParse(bytes.toString());
		},
	);
}

function serveApi(api: FastifyInstance, state: SandboxState, endpoints: Serve[]): void {
	api.addHook('onRequest', async (request, reply) => openCall(state, request, reply));
	api.addHook('preHandler', async (request, reply) => {
		logBody(request);
		await injectFault(state, request, reply);
		if (!reply.sent && !request.routeOptions.config.open) requireKey(state, request);
	});
	api.addHook('onSend', async (request, reply, payload) =>
		injectAnswerFault(state, request, reply, payload),
	);
	api.setErrorHandler((error, request, reply) => sendError(asApiError(error), request, reply));
	api.setNotFoundHandler((request, reply) =>
		sendError(new ApiError(404, `Cannot ${request.method} ${request.url}`), request, reply),
	);
	for (const serve of endpoints) serve(api, state);
}

/** Logs the call and assigns its IDs. An invalid client ID is ignored. */
function openCall(state: SandboxState, request: FastifyRequest, reply: FastifyReply): void {
	const requestId = idFrom(state.seed, 'inference', state.requestLog.arrivals);
	const offered = String(request.headers['x-client-request-id'] ?? '');
	const clientRequestId = /^[A-Za-z0-9._:-]{1,128}$/.test(offered) ? offered : undefined;
	logCall(state, request, reply, { requestId, clientRequestId });
	reply.header('x-inference-id', requestId);
	if (clientRequestId) reply.header('x-client-request-id', clientRequestId);
}

/** Opens the request's entry in the log, which ends when the client disconnects. */
export function logCall(
	{ requestLog }: SandboxState,
	request: FastifyRequest,
	reply: FastifyReply,
	ids: Pick<LoggedCall, 'requestId' | 'clientRequestId'>,
): void {
	const [path] = request.url.split('?');
	const call = requestLog.open({ method: request.method, path, ...ids });
	request.call = call;
	request.rawBody = Buffer.alloc(0);
	reply.raw.once('close', () => requestLog.abort(call));
}

function logBody({ call, body }: FastifyRequest): void {
	call.body = body;
	const { model } = (body ?? {}) as { model?: unknown };
	if (typeof model === 'string') call.model = model;
}

function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	const { statusCode = 500, message } = error as { statusCode?: number; message?: string };
	return new ApiError(statusCode, message);
}

function sendError(error: ApiError, request: FastifyRequest, reply: FastifyReply) {
	const { path, requestId } = request.call;
	return reply.code(error.status).send(errorBody(error, path, requestId));
}
