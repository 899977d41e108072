import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { getRequestSchema } from '../models/catalog';
import type { Endpoint } from '../models/endpoints';
import type { ObjectSchema } from '../schema/jsonSchema';
import { toWellFormedJson } from '../wellFormed';
import type { ApiResponse } from './apiResponse';
import type { CheckAnswer, ResponseRules } from './checkResponse';
import { sendRequest, fetchFile, openEventStream, openFile, type Request } from './http';
import type { RateLimiter } from './rateLimiter';
import type { OpenFile } from './readable';
import { sendWithRetries, type RetryContext } from './retry';
import type { EventSource, StreamFormat } from './serverSentEvents';

/** What of n8n's context requests go through: that of an item, or that of a sub-node. */
export type RequestContext = Pick<IAllExecuteFunctions, 'helpers'>;

export interface ResponseOptions extends RetryContext {
	/** An answer may be a file or lines of JSON; otherwise one that is no JSON is a broken one. */
	acceptsAnyBody: boolean;
	/** Called each time right before the request goes out; what it throws ends the attempt. */
	beforeSend?: () => void;
	/** What the endpoint wants of an answer; an error is treated like one that the API reports. */
	check?: CheckAnswer;
}

export interface ClientOptions {
	/** The request that all others are made from: host, proxy and certificate settings. */
	base: IHttpRequestOptions & { baseURL: string };
	rateLimiter: RateLimiter;
	/** How often a request may be sent again at most. */
	maxRetries: number;
	signal: AbortSignal | undefined;
	/** For errors: the model that is asked; '' for none. */
	model: string;
}

/**
 * The API as one model or operation reaches it: with the key, at the run's pace, again after faults
 * that may pass. Everything that is sent goes through here. Its functions throw `CallFailure` unless
 * they get what they ask for.
 */
export interface ApiClient {
	send(
		request: Partial<IHttpRequestOptions>,
		rules?: Partial<ResponseOptions>,
	): Promise<ApiResponse>;
	/** Sends a request whose answer comes in events, and waits until it begins. */
	openEvents(
		request: Partial<IHttpRequestOptions>,
		form: StreamFormat,
		check?: CheckAnswer,
	): Promise<EventSource>;
	/** What the model documents for an endpoint; `undefined` when that cannot be had. */
	requestSchema(endpoint: Endpoint): Promise<ObjectSchema | undefined>;
	/** Fetches a file on the web, without the key and at no pace but its server's. */
	fetchFile(url: string): Promise<ApiResponse>;
	/** Opens a file on the web for reading, without the key. */
	openFile(url: string): Promise<OpenFile>;
}

/** For the catalog, which a run can do without. Milliseconds. */
const CATALOG_TIMEOUT_MS = 15_000;
const CATALOG_MAX_RETRIES = 1;

export function createClient(context: RequestContext, rules: ClientOptions): ApiClient {
	const { base, model, ...pace } = rules;
	const withoutKey: Request = async (request) => await context.helpers.httpRequest(request);
	const withKey: Request = async (request) =>
		await context.helpers.httpRequestWithAuthentication.call(
			context as IAllExecuteFunctions,
			'aimlApi',
			request,
		);
	const toOptions = (request: Partial<IHttpRequestOptions>) => {
		const options = { ...base, ...request };
		return { ...options, body: toWellFormedJson(options.body) as IHttpRequestOptions['body'] };
	};
	const ask = async (
		request: Partial<IHttpRequestOptions>,
		rules: Omit<ResponseRules, 'model'> = { acceptsAnyBody: false },
	) => await sendRequest(withKey, toOptions(request), { model, ...rules });
	const free = { ...pace, startsPaidJob: false };
	const elsewhere = { ...free, rateLimiter: undefined };

	return {
		send: async (request, rules = {}) => {
			const { startsPaidJob = false, acceptsAnyBody = false, check, beforeSend } = rules;
			const attempt = async () => {
				beforeSend?.();
				return await ask(request, { acceptsAnyBody, check });
			};
			return await sendWithRetries(attempt, { ...pace, startsPaidJob });
		},
		openEvents: async (request, form, check) => {
			const options = toOptions(request);
			const { baseURL: host, timeout = 0 } = options;
			const place = { model, host, timeout, signal: pace.signal };
			return await sendWithRetries(
				async () => await openEventStream(withKey, options, form, place, check),
				free,
			);
		},
		requestSchema: async (endpoint) =>
			await getRequestSchema(model, endpoint, base.baseURL, async (url) => {
				const request = { ...GET, url, timeout: CATALOG_TIMEOUT_MS };
				const maxRetries = Math.min(CATALOG_MAX_RETRIES, pace.maxRetries);
				const rules = { ...free, maxRetries };
				return (await sendWithRetries(async () => await ask(request), rules)).json;
			}),
		fetchFile: async (url) =>
			await sendWithRetries(async () => await fetchFile(withoutKey, url), elsewhere),
		openFile: async (url) =>
			await sendWithRetries(async () => await openFile(withoutKey, url), elsewhere),
	};
}

/** What turns the base request into one that only asks. */
export const GET = { method: 'GET', body: undefined } as const;

/**
 * The API's address as the credential holds it, down to what requests are built on: pasted forms
 * such as `https://api.aimlapi.com/v1/` lose their version and slashes. Paths bring their own
 * version, as the API has both v1 and v2.
 */
export function normalizeHost(url: string): string {
	return url.trim().replace(/(\/(v\d+)?)+$/, '');
}
