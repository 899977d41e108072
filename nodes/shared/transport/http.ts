import { NodeApiError, type IHttpRequestOptions } from 'n8n-workflow';
import { ApiError } from '../errors/ApiError';
import { fileDownloadError } from './apiErrors';
import { ApiResponse } from './apiResponse';
import { beginsWithEvents, checkResponse, type CheckAnswer } from './checkResponse';
import { networkError, redirectError, timeoutError, type Target } from './networkErrors';
import { isStream, readBody, type BodyContext } from './readBody';
import type { OpenFile, Readable } from './readable';
import type { Outcome } from './retry';
import {
	readEvents,
	readStreamed,
	waitForFirstEvent,
	type EventSource,
	type OnEvent,
	type StreamFormat,
} from './serverSentEvents';
import { Watchdog } from './watchdog';

/** One of n8n's request helpers, bound to its context; the `abortSignal` of the options ends it. */
export type Request = (options: IHttpRequestOptions) => Promise<FullResponse>;

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** What an exchange is bound to, besides the request. */
export interface HttpContext {
	target: Target;
	/** Cancels it. */
	signal: AbortSignal | undefined;
}

export interface ApiContext extends HttpContext {
	/** For errors: the model that is asked; '' for none. */
	model: string;
	/** Judges an answer under HTTP 2xx in place of the general rules. */
	check?: CheckAnswer;
	/** Called with each whole answer under HTTP 2xx, usable or not. */
	onAnswer?: (response: ApiResponse) => void;
}

export interface SendContext extends ApiContext {
	/** An answer may be a file or lines of JSON; otherwise one that is no JSON is a broken one. */
	acceptsAnyBody: boolean;
	/** The answer comes in events, and is read as they come. */
	onEvent?: OnEvent;
}

/** Bytes, unpacked. n8n itself would hold any answer in memory. */
const MAX_ANSWER_BYTES = 100_000_000;
/** A file that goes into a request is held in memory, one that is stored is not. */
const MAX_LOADED_FILE_BYTES = 250_000_000;
const MAX_STORED_FILE_BYTES = 4_000_000_000;

/**
 * One exchange with the API, whatever comes of it. A success is JSON, lines of it or events; another
 * body under HTTP 2xx only where it may be a file. Rejects only with errors that are n8n's own.
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
	return await errorsAsOutcome(async () => {
		const head = toApiResponse(response);
		const contentType = head.header('content-type');
		const whole =
			onEvent && isSuccess(response)
				? toApiResponse(
						response,
						await readStreamed(response, MAX_ANSWER_BYTES, contentType, onEvent),
					)
				: await readWhole(response, MAX_ANSWER_BYTES);
		if (isSuccess(response)) context.onAnswer?.(whole);
		return checkResponse(whole, { model: context.model, acceptsAnyBody, check: context.check });
	});
}

/**
 * Opens an answer that comes in events and reads on until it begins: what goes wrong before that is
 * an error of the exchange like any other. A refusal, or an answer that comes whole, is read to its end.
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
	const { model, check } = context;
	return await errorsAsOutcome(async () => {
		const head = toApiResponse(response);
		const body = readBody(response, MAX_ANSWER_BYTES);
		const { isEvents, bytes } = await beginsWithEvents(body, head.header('content-type'));
		if (isSuccess(response) && isEvents) {
			const events = readEvents(bytes, response, head, format, model);
			return { response: { response: head, ...(await waitForFirstEvent(events, format)) } };
		}
		const whole = toApiResponse(response, await readAll(bytes));
		if (isSuccess(response)) context.onAnswer?.(whole);
		const outcome = checkResponse(whole, { model, acceptsAnyBody: false, check });
		return outcome.error
			? outcome
			: { response: { response: outcome.response, events: NOTHING, isOver: true } };
	});
}

const NOTHING: AsyncIterable<never> = (async function* () {})();

/** Fetches a file into memory. */
export async function fetchFile(
	request: Request,
	options: IHttpRequestOptions,
	context: HttpContext,
): Promise<Outcome<ApiResponse>> {
	const opened = await openFileResponse(request, options, context);
	if (opened.error) return opened;
	return await errorsAsOutcome(async () => ({
		response: await readWhole(opened.response, MAX_LOADED_FILE_BYTES),
	}));
}

/**
 * Opens a file for reading, so that a large one never sits in memory. What goes wrong while it is
 * read is an `ApiError` of the stream.
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
	if (opened.error || isSuccess(opened.response)) return opened;
	discard(opened.response);
	const { statusCode } = opened.response;
	return { error: fileDownloadError(statusCode, context.target.address) };
}

/** Node's `Readable.from`, by way of a stream at hand: community nodes may not import Node's modules. */
const toStream = (like: Readable, pieces: AsyncIterable<Buffer>): Readable =>
	(like.constructor as unknown as StreamClass).from(pieces, { objectMode: false });

interface StreamClass {
	from(pieces: AsyncIterable<Buffer>, options: { objectMode: boolean }): Readable;
}

/**
 * Lets an open file be read. What breaks off on the way is an error that may pass; what else `use` throws,
 * such as that of a full disk, is thrown on.
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

/** The errors are told by us, and the key goes to no other host than the credential's. */
const COMMON_OPTIONS = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	sendCredentialsOnCrossOriginRedirect: false,
	encoding: 'stream',
	// The watchdog ends it; the client's own time-out knows silence between bytes only.
	timeout: 0,
} as const;

/** An answer of which status and headers are there, and the body is still to be read. */
interface OpenResponse extends FullResponse, BodyContext {}

/** Sends a request and waits for the head of its answer. Its body must be read or discarded. */
async function open(
	request: Request,
	options: IHttpRequestOptions,
	{ target, signal }: HttpContext,
): Promise<Outcome<OpenResponse>> {
	const watchdog = new Watchdog(target.timeout, signal);
	const sent = request({ ...options, ...COMMON_OPTIONS, abortSignal: watchdog.signal });
	return await sent.then(
		(full) => {
			// It may break before it is read; without a listener that would end the process.
			if (isStream(full.body)) full.body.on('error', () => {});
			return { response: { ...full, target, signal, watchdog } };
		},
		(error: unknown) => {
			watchdog.stop();
			signal?.throwIfAborted();
			if (watchdog.isTooLong) return { error: timeoutError(target) };
			const info = networkError(error, target);
			// What else n8n rejects with is handed on.
			if (!info) throw error instanceof NodeApiError ? (error.cause ?? error) : error;
			return { error: info };
		},
	);
}

const MAX_REDIRECTS = 5;

/**
 * Sends a request to the API. A redirect is followed only to the same origin and where the request
 * stays what it is: otherwise the prompt would go to another server, or a POST become a GET.
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

/** Where a redirect leads; `undefined` when that is another origin. */
function redirectedUrl(
	location: string,
	{ baseURL, url }: IHttpRequestOptions,
): string | undefined {
	const from = new URL(URL.canParse(url) ? url : `${baseURL ?? ''}${url}`);
	if (location === '' || !URL.canParse(location, from.href)) return undefined;
	const to = new URL(location, from);
	return to.origin === from.origin ? to.href : undefined;
}

const isSuccess = ({ statusCode }: FullResponse): boolean => statusCode >= 200 && statusCode < 300;

function discard({ body, watchdog }: OpenResponse): void {
	watchdog.stop();
	if (isStream(body)) body.destroy();
}

const readWhole = async (response: OpenResponse, maxBytes: number): Promise<ApiResponse> =>
	toApiResponse(response, await readAll(readBody(response, maxBytes)));

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	for await (const part of bytes) parts.push(part);
	return Buffer.concat(parts);
}

const toApiResponse = (
	{ statusCode, headers }: FullResponse,
	body: Buffer = Buffer.alloc(0),
): ApiResponse => new ApiResponse(statusCode, headers, body);

async function errorsAsOutcome<T>(read: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
	return await read().catch((error: unknown) => {
		if (error instanceof ApiError) return { error: error.info };
		throw error;
	});
}
