import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, errorBody } from './errors';
import type { FaultAction } from './faults';
import { isFilePath } from './fileStore';
import { textOf } from './form';
import { sleep } from './sleep';
import type { SandboxState } from './state';

const JSON_TYPE = 'application/json; charset=utf-8';

const PROXY_PAGE = `<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
</html>
`;

/**
 * Before a request is processed: finds its fault, and responds or breaks the connection if the fault
 * replaces the API's response.
 */
export async function injectFault(
	state: SandboxState,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<void> {
	const { method, path, model } = request.call;
	const facts = {
		method,
		path,
		model,
		query: queryOf(request),
		rawBody: textOf(request.rawBody, request.headers['content-type']),
	};
	const limit = isFilePath(path) ? undefined : state.rateLimit;
	const fault = state.faults.match(facts) ?? limit?.refuse(request);
	if (!fault) {
		reply.raw.once('close', () => limit?.release(request));
		return;
	}
	request.call.fault = fault;
	if (fault.reset === 'before') await resetBefore(state, fault, request, reply);
	else await replaceAnswer(fault, request, reply);
}

const queryOf = ({ url }: FastifyRequest): string => {
	const query = url.slice(url.indexOf('?') + 1);
	return query === url ? '' : [...new URLSearchParams(query).values()].join(' ');
};

async function resetBefore(
	state: SandboxState,
	fault: FaultAction,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<void> {
	reply.hijack();
	await sleep(fault.delayMs ?? 0);
	state.requestLog.finish(request.call, 0);
	request.raw.socket.resetAndDestroy();
}

async function replaceAnswer(
	{ status, message, body, contentType = JSON_TYPE, empty, html }: FaultAction,
	{ call }: FastifyRequest,
	reply: FastifyReply,
): Promise<void> {
	reply.code(status ?? (html ? 502 : 200));
	if (html) await reply.type('text/html').send(PROXY_PAGE);
	else if (empty) await reply.send('');
	else if (body !== undefined) await reply.type(contentType).send(body);
	else if (status !== undefined) {
		await reply.send(errorBody(new ApiError(status, message), call.path, call.requestId));
	}
}

/**
 * For every response, also of a fault: delays it, adds the fault's headers, cuts it and ends the call in
 * the request log. Returns the payload.
 */
export async function injectAnswerFault(
	state: SandboxState,
	{ call }: FastifyRequest,
	reply: FastifyReply,
	payload: unknown,
): Promise<unknown> {
	const { fault } = call;
	// A gateway refuses before the model works.
	const latencyMs = reply.statusCode === 429 ? 0 : state.latencyMs;
	await sleep(latencyMs + (fault?.delayMs ?? 0));
	if (fault) reply.headers(headersOf(fault));
	const finish = () => state.requestLog.finish(call, reply.statusCode);
	if (payload instanceof ReadableStream) return ReadableStream.from(passOn(payload, fault, finish));
	finish();
	if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
	const bytes = Buffer.from(payload);
	const half = bytes.subarray(0, bytes.length / 2);
	if (fault?.truncate) return half;
	if (fault?.reset !== 'body') return payload;
	reply.header('content-length', bytes.length);
	return ReadableStream.from(breakOff(half));
}

function headersOf({ headers, retryAfter, retryAfterDate }: FaultAction): Record<string, string> {
	return {
		...headers,
		...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
		...(retryAfterDate !== undefined && { 'retry-after': httpDate(retryAfterDate) }),
	};
}

/** The HTTP date `seconds` from now, rounded up to whole seconds. */
function httpDate(seconds: number): string {
	const at = Math.ceil(Date.now() / 1000 + seconds);
	return new Date(at * 1000).toUTCString();
}

async function* breakOff(half: Buffer) {
	yield half;
	await resetDuring();
}

/** Throws, which destroys the connection, after the client has had time to receive what was sent. */
async function resetDuring(): Promise<never> {
	await sleep(10);
	throw new Error('Connection reset by a fault rule');
}

const CHUNKS_BEFORE_CUT = 2;

/** A stream as it is, or with a fault that cuts it: only its first chunks. */
async function* passOn(
	stream: ReadableStream<string | Uint8Array>,
	fault: FaultAction | undefined,
	finish: () => void,
) {
	let chunks = 0;
	for await (const chunk of stream) {
		yield chunk;
		chunks += 1;
		if (chunks < CHUNKS_BEFORE_CUT) continue;
		if (fault?.truncate) break;
		if (fault?.reset === 'body') {
			finish();
			await resetDuring();
		}
	}
	finish();
}
