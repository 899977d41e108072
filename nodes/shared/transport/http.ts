import { NodeApiError, type IHttpRequestOptions } from 'n8n-workflow';
import { ApiError, type ApiErrorInfo } from '../errors/ApiError';
import { isRecord } from '../json';
import { fileDownloadError, networkError } from './apiErrors';
import { ApiResponse } from './apiResponse';
import {
	beginsWithEvents,
	checkResponse,
	type CheckAnswer,
	type ResponseRules,
} from './checkResponse';
import type { OpenFile, Readable } from './readable';
import type { Outcome } from './retry';
import {
	readBytes,
	readEvents,
	waitForFirstEvent,
	type EventSource,
	type StreamContext,
	type StreamFormat,
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
export async function sendRequest(
	request: Request,
	options: IHttpRequestOptions,
	rules: ResponseRules,
): Promise<Outcome<ApiResponse>> {
	const sent = request({ ...options, ...COMMON_OPTIONS, encoding: 'arraybuffer' });
	return await toOutcome<ApiResponse>(sent, options, (full) =>
		checkResponse(toApiResponse(full), rules),
	);
}

/**
 * Opens an answer that comes in events and reads on until it begins: what goes wrong before that is
 * a error of the exchange like any other. A refusal, or an answer that comes whole, is read to its end.
 */
export async function openEventStream(
	request: Request,
	options: IHttpRequestOptions,
	form: StreamFormat,
	place: StreamContext,
	check?: CheckAnswer,
): Promise<Outcome<EventSource>> {
	const sent = request({ ...options, ...COMMON_OPTIONS, encoding: 'stream' });
	return await toOutcome<EventSource>(sent, options, async (full) => {
		const head = toApiResponse({ ...full, body: undefined });
		const body = readBytes(full.body as Readable, place);
		const { isEvents, bytes } = await beginsWithEvents(body, head.header('content-type'));
		if (isSuccess(full) && isEvents) {
			const events = readEvents(bytes, head, form, place);
			return { response: { response: head, ...(await waitForFirstEvent(events, form)) } };
		}
		const whole = toApiResponse({ ...full, body: await readAll(bytes) });
		const outcome = checkResponse(whole, { model: place.model, acceptsAnyBody: false, check });
		return outcome.error
			? outcome
			: { response: { response: outcome.response, events: NOTHING, isOver: true } };
	}).catch((error: unknown) => {
		if (error instanceof ApiError) return { error: error.info };
		throw error;
	});
}

const NOTHING: AsyncIterable<never> = (async function* () {})();

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	for await (const part of bytes) parts.push(part);
	return Buffer.concat(parts);
}

/** Fetches a file into memory. */
export async function fetchFile(request: Request, url: string): Promise<Outcome<ApiResponse>> {
	const sent = request({ url, ...COMMON_OPTIONS, encoding: 'arraybuffer' });
	return await toOutcome<ApiResponse>(sent, { url }, (full) => {
		const response = toApiResponse(full);
		return isSuccess(full) ? { response } : { error: fileDownloadError(full.statusCode, url) };
	});
}

/** Opens a file for reading, so that a large one never sits in memory. */
export async function openFile(request: Request, url: string): Promise<Outcome<OpenFile>> {
	const sent = request({ url, ...COMMON_OPTIONS, encoding: 'stream' });
	return await toOutcome<OpenFile>(sent, { url }, (full) => {
		const content = full.body as Readable;
		if (isSuccess(full)) {
			const mimeType = String(full.headers['content-type'] ?? '')
				.split(';')[0]
				.trim();
			return { response: { content, mimeType } };
		}
		content.destroy();
		return { error: fileDownloadError(full.statusCode, url) };
	});
}

/** The faults are told by us, and the key goes to no other host than the credential's. */
const COMMON_OPTIONS = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	sendCredentialsOnCrossOriginRedirect: false,
} as const;

const isSuccess = ({ statusCode }: FullResponse): boolean => statusCode >= 200 && statusCode < 300;

async function toOutcome<T>(
	request: Promise<FullResponse>,
	options: IHttpRequestOptions,
	judge: (response: FullResponse) => Outcome<T> | Promise<Outcome<T>>,
): Promise<Outcome<T>> {
	return await request.then(judge, (error: unknown) => ({ error: toNetworkError(error, options) }));
}

/** What else n8n rejects with is handed on. */
function toNetworkError(
	error: unknown,
	{ baseURL, url, timeout = 0 }: IHttpRequestOptions,
): ApiErrorInfo {
	const code = networkCode(error);
	if (code === undefined) throw causeOf(error);
	return networkError(code, baseURL ?? new URL(url).origin, timeout);
}

/**
 * The code that Node or axios gives a error of the network, '' for one without; `undefined` for any
 * other error. n8n 1.104 to 2.33 keeps of such a error no more than its code, as `httpCode`.
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
