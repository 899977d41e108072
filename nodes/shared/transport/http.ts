import { NodeApiError, type IHttpRequestOptions } from 'n8n-workflow';
import { CallFailure, type Fault } from '../errors/ApiError';
import { isRecord } from '../json';
import { readFault, readFileFault, readNetworkFault, readUnreadableBody } from './apiErrors';
import { ApiResponse } from './apiResponse';
import type { OpenFile, Readable } from './readable';
import type { Outcome } from './retry';
import {
	awaitBeginning,
	readBytes,
	readEvents,
	type EventSource,
	type StreamForm,
	type StreamPlace,
} from './serverSentEvents';

/** One of n8n's request helpers, bound to its context. */
export type Request = (options: IHttpRequestOptions) => Promise<FullResponse>;

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/**
 * One exchange with the API, whatever comes of it. A success is JSON, lines of it or events; another
 * body under HTTP 2xx only where it may be a file. Rejects only with errors that are n8n's own.
 */
export async function askApi(
	request: Request,
	options: IHttpRequestOptions,
	{ model, acceptsAnyBody }: { model: string; acceptsAnyBody: boolean },
): Promise<Outcome<ApiResponse>> {
	const sent = request({ ...options, ...COMMON, encoding: 'arraybuffer' });
	return await settle<ApiResponse>(sent, options, (full) =>
		judgeAnswer(toApiResponse(full), model, acceptsAnyBody),
	);
}

function judgeAnswer(
	response: ApiResponse,
	model: string,
	acceptsAnyBody: boolean,
): Outcome<ApiResponse> {
	const fault = readFault(response, model);
	if (fault) return { fault };
	const isWhole =
		response.isEventStream ||
		response.json !== undefined ||
		(acceptsAnyBody ? response.bytes.length > 0 : response.jsonLines !== undefined);
	return isWhole ? { response } : { fault: readUnreadableBody(response) };
}

/**
 * Opens an answer that comes in events and reads on until it begins: what goes wrong before that is
 * a fault of the exchange like any other. A refusal, or an answer that comes whole, is read to its end.
 */
export async function openEvents(
	request: Request,
	options: IHttpRequestOptions,
	form: StreamForm,
	place: StreamPlace,
): Promise<Outcome<EventSource>> {
	const sent = request({ ...options, ...COMMON, encoding: 'stream' });
	return await settle<EventSource>(sent, options, async (full) => {
		const bytes = readBytes(full.body as Readable, place);
		const head = toApiResponse({ ...full, body: undefined });
		if (isSuccess(full) && /event-stream/.test(head.header('content-type') ?? '')) {
			const events = readEvents(bytes, head, form, place);
			return { response: { response: head, events: await awaitBeginning(events, form) } };
		}
		const whole = toApiResponse({ ...full, body: await collect(bytes) });
		const outcome = judgeAnswer(whole, place.model, false);
		return outcome.fault ? outcome : { response: { response: outcome.response, events: NOTHING } };
	}).catch((error: unknown) => {
		if (error instanceof CallFailure) return { fault: error.fault };
		throw error;
	});
}

const NOTHING: AsyncIterable<never> = (async function* () {})();

async function collect(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of bytes) parts.push(part);
	return Buffer.concat(parts);
}

/** Fetches a file into memory. */
export async function fetchFile(request: Request, url: string): Promise<Outcome<ApiResponse>> {
	const sent = request({ url, ...COMMON, encoding: 'arraybuffer' });
	return await settle<ApiResponse>(sent, { url }, (full) => {
		const response = toApiResponse(full);
		return isSuccess(full) ? { response } : { fault: readFileFault(full.statusCode, url) };
	});
}

/** Opens a file for reading, so that a large one never sits in memory. */
export async function openFile(request: Request, url: string): Promise<Outcome<OpenFile>> {
	const sent = request({ url, ...COMMON, encoding: 'stream' });
	return await settle<OpenFile>(sent, { url }, (full) => {
		const content = full.body as Readable;
		if (isSuccess(full)) {
			const mimeType = String(full.headers['content-type'] ?? '')
				.split(';')[0]
				.trim();
			return { response: { content, mimeType } };
		}
		content.destroy();
		return { fault: readFileFault(full.statusCode, url) };
	});
}

/** The faults are told by us, and the key goes to no other host than the credential's. */
const COMMON = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	sendCredentialsOnCrossOriginRedirect: false,
} as const;

const isSuccess = ({ statusCode }: FullResponse): boolean => statusCode >= 200 && statusCode < 300;

async function settle<T>(
	request: Promise<FullResponse>,
	options: IHttpRequestOptions,
	judge: (response: FullResponse) => Outcome<T> | Promise<Outcome<T>>,
): Promise<Outcome<T>> {
	return await request.then(judge, (error: unknown) => ({ fault: networkFault(error, options) }));
}

/** What else n8n rejects with is handed on. */
function networkFault(error: unknown, { baseURL, url, timeout = 0 }: IHttpRequestOptions): Fault {
	const code = networkCode(error);
	if (code === undefined) throw causeOf(error);
	return readNetworkFault(code, baseURL ?? new URL(url).origin, timeout);
}

/**
 * The code that Node or axios gives a fault of the network, '' for one without; `undefined` for any
 * other error. n8n 1.104 to 2.33 keeps of such a fault no more than its code, as `httpCode`.
 */
function networkCode(error: unknown): string | undefined {
	const cause = causeOf(error);
	if (isRecord(cause) && (cause.isAxiosError === true || 'code' in cause)) {
		return String(cause.code ?? '');
	}
	const httpCode = error instanceof NodeApiError ? error.httpCode : null;
	return httpCode && /^[A-Z]/.test(httpCode) ? httpCode : undefined;
}

const causeOf = (error: unknown): unknown =>
	error instanceof NodeApiError ? (error.cause ?? error) : error;

function toApiResponse({ statusCode, headers, body }: FullResponse): ApiResponse {
	return new ApiResponse(statusCode, headers, toBytes(body));
}

function toBytes(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof ArrayBuffer) return Buffer.from(body);
	if (body === undefined || body === null) return Buffer.alloc(0);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
