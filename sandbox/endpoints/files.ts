import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { idFrom } from '../seededRandom';
import { injectFault, injectAnswerFault } from '../server/faultInjection';
import { FILE_ROOT } from '../server/fileStore';
import { logCall } from '../server/server';
import { contentTypeOf } from '../media/file';
import type { SandboxState } from '../server/state';

/**
 * /files/…: result files, as from a third party's storage. It isn't rate limited, and a request with a
 * key is rejected with 400 and recorded, since the key must never go there.
 */
export function serveFiles(storage: FastifyInstance, state: SandboxState): void {
	storage.addHook('onRequest', async (request, reply) => openFetch(state, request, reply));
	storage.addHook('preHandler', async (request, reply) => {
		await injectFault(state, request, reply);
		if (!reply.sent && request.call.leakedKey) {
			await refuse(reply, 400, 'This storage does not take an Authorization header');
		}
	});
	storage.addHook('onSend', async (request, reply, payload) =>
		injectAnswerFault(state, request, reply, payload),
	);
	storage.get<FetchRoute>(`${FILE_ROOT}:name`, async (request, reply) =>
		sendFile(state, request, reply),
	);
	storage.get<FetchRoute>(`${FILE_ROOT}moved/:name`, async (request, reply) =>
		reply.redirect(`${otherHost(request)}${FILE_ROOT}${request.params.name}${queryOf(request)}`),
	);
}

interface FetchRoute {
	Params: { name: string };
	/** `size`: the size to send, e.g. `200mb`, padded with zeros. */
	Querystring: { size?: string };
}

function openFetch(state: SandboxState, request: FastifyRequest, reply: FastifyReply): void {
	const requestId = idFrom(state.seed, 'fetch', state.requestLog.fetches.length);
	logCall(state, request, reply, { requestId });
	if (request.headers.authorization !== undefined) request.call.leakedKey = true;
}

function sendFile(
	{ files }: SandboxState,
	{ params, query }: FastifyRequest<FetchRoute>,
	reply: FastifyReply,
) {
	const file = files.fetch(params.name);
	if (!file) return refuse(reply, 404, 'There is no such file');
	if (file === 'gone') return refuse(reply, 410, 'This link has expired');
	const size = query.size === undefined ? undefined : parseSize(query.size);
	if (Number.isNaN(size)) return refuse(reply, 400, 'Expected a size such as 200mb');
	reply.type(contentTypeOf(file));
	if (size === undefined) return reply.send(file.make());
	reply.header('content-length', size);
	return reply.send(ReadableStream.from(stretch(file.make(), size)));
}

const refuse = (reply: FastifyReply, status: number, message: string) =>
	reply.code(status).type('text/plain').send(message);

const BYTES_PER_UNIT: Record<string, number> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** `200mb` → bytes; NaN for anything else. */
function parseSize(text: string): number {
	const [, count, unit = ''] = /^(\d+)(b|kb|mb|gb)$/i.exec(text) ?? [];
	return Number(count) * BYTES_PER_UNIT[unit.toLowerCase()];
}

const CHUNK_BYTES = 64 * 1024;

/** The file and then zeros, in chunks, as fast as the client reads them. */
function* stretch(start: Buffer, size: number): Generator<Uint8Array> {
	yield start.subarray(0, size);
	const zeros = Buffer.alloc(CHUNK_BYTES);
	for (let left = size - start.length; left > 0; left -= CHUNK_BYTES) {
		yield zeros.subarray(0, left);
	}
}

/** The same server under another host name. */
function otherHost({ protocol, hostname, port }: FastifyRequest): string {
	return `${protocol}://${hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:${port}`;
}

const queryOf = ({ url }: FastifyRequest): string => /\?.*$/.exec(url)?.[0] ?? '';
