import { NodeApiError, type IHttpRequestOptions } from 'n8n-workflow';
import { ApiError } from '../errors/ApiError';
import { fileDownloadError } from './apiErrors';
import { ApiResponse } from './apiResponse';
import { checkResponse, type CheckAnswer } from './checkResponse';
import { gunzip } from './gunzip';
import { networkError, redirectError, timeoutError, type Target } from './networkErrors';
import { isStream, readBody, type BodyContext } from './readBody';
import type { OpenFile, Readable } from './readable';
import type { Outcome } from './retry';
import {
	detectEvents,
	readEvents,
	readStreamed,
	waitForFirstEvent,
	type EventSource,
	type OnEvent,
	type StreamFormat,
} from './serverSentEvents';
import { parseCost } from './usage';
import { Watchdog } from './watchdog';

/** A request helper of n8n, bound to its context; canceled by the `abortSignal` of its options. */
export type Request = (options: IHttpRequestOptions) => Promise<FullResponse>;

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** How a request is sent and its response checked. */
export interface HttpContext {
	target: Target;
	/** Cancels the request. */
	signal: AbortSignal | undefined;
}

export interface ApiContext extends HttpContext {
	/** For errors: the requested model; '' for none. */
	model: string;
	/** Replaces the general rules for responses with HTTP 2xx. */
	check?: CheckAnswer;
	/** Called with each complete response with HTTP 2xx, valid or not. */
	onAnswer?: (response: ApiResponse) => void;
}

export interface SendContext extends ApiContext {
	/** The response may be a file or JSON Lines; otherwise it must be JSON. */
	acceptsAnyBody: boolean;
	/** Set if the response is streamed; called with each event. */
	onEvent?: OnEvent;
}

/** Limit of an uncompressed response; n8n itself has none. */
const MAX_ANSWER_BYTES = 100_000_000;
/** Limit of a file that is loaded into memory for a request. */
const MAX_LOADED_FILE_BYTES = 250_000_000;
const MAX_STORED_FILE_BYTES = 4_000_000_000;

/**
 * Sends one request, and returns the response or the error. Valid responses are JSON, JSON Lines or
 * events, and files if allowed. Rejects only with n8n's own errors.
 */
export async function sendRequest(
	request: Request,
	options: IHttpRequestOptions,
	{ acceptsAnyBody, onEvent, ...context }: SendContext,
): Promise<Outcome<ApiResponse>> {
	const target = { ...context.target, isStream: onEvent !== undefined };
	const opened = await openOnSameOrigin(request, options, { ...context, target });
	if (opened.error) return opened;
	const { response } = opened;
	const head = toApiResponse(response);
	return await errorsAsOutcome(head, async () => {
		const bytes = readAnswer(response);
		const body =
			onEvent && head.isSuccess
				? await readStreamed(bytes, response, head.header('content-type'), onEvent)
				: await readAll(bytes);
		return checkWhole(toApiResponse(response, body), acceptsAnyBody, context);
	});
}

/**
 * Opens a stream of events and reads its first event, so that earlier errors can be retried like those
 * of any request. An error, or a response that isn't a stream, is read to its end.
 */
export async function openEventStream(
	request: Request,
	options: IHttpRequestOptions,
	format: StreamFormat,
	context: ApiContext,
): Promise<Outcome<EventSource>> {
	const target = { ...context.target, isStream: true };
	const opened = await openOnSameOrigin(request, options, { ...context, target });
	if (opened.error) return opened;
	const { response } = opened;
	const head = toApiResponse(response);
	return await errorsAsOutcome(head, async () => {
		const body = readAnswer(response);
		const { isEvents, bytes } = await detectEvents(body, head.header('content-type'));
		if (head.isSuccess && isEvents) {
			const events = readEvents(bytes, response, head, format, context.model);
			return { response: { response: head, ...(await waitForFirstEvent(events, format)) } };
		}
		const outcome = checkWhole(toApiResponse(response, await readAll(bytes)), false, context);
		return outcome.error
			? outcome
			: { response: { response: outcome.response, events: NOTHING, isOver: true } };
	});
}

const NOTHING: AsyncIterable<never> = (async function* () {})();

/** Checks a complete response, and reports it to `onAnswer`. */
function checkWhole(
	whole: ApiResponse,
	acceptsAnyBody: boolean,
	{ model, check, onAnswer }: ApiContext,
): Outcome<ApiResponse> {
	if (whole.isSuccess) onAnswer?.(whole);
	return withCost(checkResponse(whole, { model, acceptsAnyBody, check }), whole);
}

/** Downloads a file into memory. */
export async function fetchFile(
	request: Request,
	options: IHttpRequestOptions,
	context: HttpContext,
): Promise<Outcome<ApiResponse>> {
	const opened = await openFileResponse(request, options, context);
	if (opened.error) return opened;
	return await errorsAsOutcome(undefined, async () => ({
		response: toApiResponse(
			opened.response,
			await readAll(readBody(opened.response, MAX_LOADED_FILE_BYTES)),
		),
	}));
}

/**
 * Opens a file as a stream, so that it is never in memory as a whole. Errors while reading are `ApiError`s
 * of the stream.
 */
export async function openFile(
	request: Request,
	options: IHttpRequestOptions,
	context: HttpContext,
): Promise<Outcome<OpenFile>> {
	const opened = await openFileResponse(request, options, context);
	if (opened.error) return opened;
	const { response } = opened;
	const mimeType = String(response.headers['content-type'] ?? '')
		.split(';')[0]
		.trim();
	const content = toStream(response.body as Readable, readBody(response, MAX_STORED_FILE_BYTES));
	return { response: { content, mimeType } };
}

async function openFileResponse(
	request: Request,
	options: IHttpRequestOptions,
	context: HttpContext,
): Promise<Outcome<OpenResponse>> {
	const opened = await open(request, options, context);
	if (opened.error || toApiResponse(opened.response).isSuccess) return opened;
	discard(opened.response);
	const { statusCode } = opened.response;
	return { error: fileDownloadError(statusCode, context.target.address) };
}

/** `Readable.from` of an existing stream's class, since community nodes can't import Node's modules. */
const toStream = (like: Readable, pieces: AsyncIterable<Buffer>): Readable =>
	(like.constructor as unknown as StreamClass).from(pieces, { objectMode: false });

interface StreamClass {
	from(pieces: AsyncIterable<Buffer>, options: { objectMode: boolean }): Readable;
}

/**
 * Lets `use` read an open file. A download that breaks off is a transient error; other errors of `use`,
 * e.g. of a full disk, are rethrown.
 */
export async function useFile<T>(
	file: OpenFile,
	use: (file: OpenFile) => Promise<T>,
): Promise<Outcome<T>> {
	let broken: unknown;
	file.content.once('error', (error) => (broken ??= error));
	return await use(file).then(
		(response) => ({ response }),
		(error: unknown) => {
			file.content.destroy();
			const cause = broken instanceof ApiError ? broken : error;
			if (cause instanceof ApiError) return { error: cause.info };
			throw error;
		},
	);
}

/** Errors are handled here, and redirects too, so that the key never reaches another host. */
const COMMON_OPTIONS = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	sendCredentialsOnCrossOriginRedirect: false,
	encoding: 'stream',
	// The watchdog is the timeout; axios's own only limits the time between bytes.
	timeout: 0,
} as const;

/** A response whose headers have arrived and whose body is still to be read. */
interface OpenResponse extends FullResponse, BodyContext {}

/** Sends a request and waits for the headers. The body must be read or discarded. */
async function open(
	request: Request,
	options: IHttpRequestOptions,
	{ target, signal }: HttpContext,
): Promise<Outcome<OpenResponse>> {
	const watchdog = new Watchdog(target.timeout, signal);
	const sent = request({ ...options, ...COMMON_OPTIONS, abortSignal: watchdog.signal });
	return await sent.then(
		(full) => {
			// It may break before it is read, which would end the process without a listener.
			if (isStream(full.body)) full.body.on('error', () => {});
			return { response: { ...full, target, signal, watchdog } };
		},
		(error: unknown) => {
			watchdog.stop();
			signal?.throwIfAborted();
			if (watchdog.isTooLong) return { error: timeoutError(target) };
			const info = networkError(error, target);
			// Other errors are n8n's own.
			if (!info) throw error instanceof NodeApiError ? (error.cause ?? error) : error;
			return { error: info };
		},
	);
}

const MAX_REDIRECTS = 5;

/**
 * Sends a request to the API. Follows a redirect only to the same origin and with the same method:
 * otherwise the prompt would go to another server, or a POST would become a GET.
 */
async function openOnSameOrigin(
	request: Request,
	options: IHttpRequestOptions,
	context: HttpContext,
): Promise<Outcome<OpenResponse>> {
	let next: IHttpRequestOptions = { ...options, disableFollowRedirect: true };
	for (let redirects = 0; ; redirects++) {
		const opened = await open(request, next, context);
		if (opened.error || !REDIRECTS.has(opened.response.statusCode)) return opened;
		const { statusCode, headers } = opened.response;
		discard(opened.response);
		const location = String(headers.location ?? '');
		const url = redirectedUrl(location, next);
		const keepsMethod = KEEP_METHOD.has(statusCode) || (options.method ?? 'GET') === 'GET';
		if (!url || !keepsMethod || redirects >= MAX_REDIRECTS) {
			return { error: redirectError(statusCode, location, context.target) };
		}
		next = { ...next, url, qs: undefined };
	}
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const KEEP_METHOD = new Set([307, 308]);

/** The target of a redirect; `undefined` if it is another origin. */
function redirectedUrl(
	location: string,
	{ baseURL, url }: IHttpRequestOptions,
): string | undefined {
	const from = new URL(URL.canParse(url) ? url : `${baseURL ?? ''}${url}`);
	if (location === '' || !URL.canParse(location, from.href)) return undefined;
	const to = new URL(location, from);
	return to.origin === from.origin ? to.href : undefined;
}

function discard({ body, watchdog }: OpenResponse): void {
	watchdog.stop();
	if (isStream(body)) body.destroy();
}

/** The bytes of a response of the API. Not for files: a file may be a gzip file itself. */
const readAnswer = (response: OpenResponse): AsyncGenerator<Uint8Array> =>
	gunzip(readBody(response, MAX_ANSWER_BYTES), response.target, MAX_ANSWER_BYTES);

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	for await (const part of bytes) parts.push(part);
	return Buffer.concat(parts);
}

const toApiResponse = (
	{ statusCode, headers }: FullResponse,
	body: Buffer = Buffer.alloc(0),
): ApiResponse => new ApiResponse(statusCode, headers, body);

/** @param head the response without its body: its headers may have the cost of a body that was lost */
async function errorsAsOutcome<T>(
	head: ApiResponse | undefined,
	read: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
	return await read().catch((error: unknown) => {
		if (!(error instanceof ApiError)) throw error;
		return head ? withCost({ error: error.info }, head) : { error: error.info };
	});
}

/** Adds what the failed request cost to its error. */
function withCost<T>(outcome: Outcome<T>, response: ApiResponse): Outcome<T> {
	if (!outcome.error || outcome.error.cost) return outcome;
	const cost = parseCost(response.json, response);
	return cost ? { error: { ...outcome.error, cost } } : outcome;
}
