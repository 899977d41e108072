import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { ApiError, infoOf } from '../errors/ApiError';
import { getPricing, getRequestSchema, listModels } from '../models/catalog';
import type { Endpoint } from '../models/endpoints';
import { describeWrongModel } from '../models/wrongModel';
import { toWellFormedJson } from '../wellFormed';
import type { ApiResponse } from './apiResponse';
import type { CheckAnswer } from './checkResponse';
import { fetchFile, openEventStream, openFile, sendRequest, useFile, type Request } from './http';
import type { CallMeter } from './callMeter';
import type { Target } from './networkErrors';
import type { RequestQueue } from './rateLimiter';
import type { OpenFile } from './readable';
import {
	sendWithRetries,
	type Outcome,
	type RetryContext,
	type RetryLimits,
	type RetryOptions,
	type WhileWaiting,
} from './retry';
import type { EventSource, OnEvent, StreamFormat } from './serverSentEvents';
import type { Cost } from './usage';

/** The part of n8n's context that sends requests, for an item or a sub-node. */
export type RequestContext = Pick<IAllExecuteFunctions, 'helpers'>;

export interface ResponseOptions {
	/** The response may be a file or JSON Lines; otherwise it must be JSON. */
	acceptsAnyBody: boolean;
	/** The request starts a paid job, so sending it twice may be charged twice. */
	startsPaidJob: boolean;
	/** Called before each attempt; an error it throws ends the request. */
	beforeSend: () => void;
	/** The endpoint's own check; its errors are handled like those of the API. */
	check: CheckAnswer;
	/** Set if the response is streamed. */
	stream: StreamReader;
}

/** Reads a stream of events. */
export interface StreamReader {
	onEvent: OnEvent;
	/** Whether a part was passed on, so that the request can't be retried. */
	hasBegun(): boolean;
}

/** Reads a stream whose first event is awaited before anything is passed on. */
export interface EventReader<T> {
	format: StreamFormat;
	/** The check of a response that isn't a stream. */
	check: CheckAnswer;
	/** Called with each opened stream; returns the result of the request. */
	begin(source: EventSource): Promise<T>;
}

/** How long a response or a file may take, and the setting it comes from. */
export interface TimeLimit {
	milliseconds: number;
	/** For errors, e.g. `'Timeout' in 'Options'`. */
	setting: string;
}

export interface ClientOptions extends RetryLimits {
	/** The base of all requests: host, proxy and certificate settings. */
	base: IHttpRequestOptions & { baseURL: string };
	timeout: TimeLimit;
	/** The run's queue at the rate limiter of the credential. */
	queue: RequestQueue;
	/** Whether to retry after a timeout, which may be charged twice. */
	retryOnTimeout: boolean;
	signal: AbortSignal | undefined;
	/** Lets other items run while one waits for a retry. */
	whileWaiting?: WhileWaiting;
	/** For errors: the model that is asked; '' for none. */
	model: string;
	/** Counts what paid calls cost; absent if there are none. */
	meter?: CallMeter;
	/** Called with the cost of each failed request, retried or not. */
	onLoss?: (cost: Cost) => void;
}

/**
 * The API client of one model or operation: adds the key, keeps to the run's rate limit and retries
 * transient errors. All requests go through it. Its functions throw `ApiError` on failure.
 */
export interface ApiClient {
	send(
		request: Partial<IHttpRequestOptions>,
		rules?: Partial<ResponseOptions>,
	): Promise<ApiResponse>;
	/**
	 * Sends a request for a stream, waits for its first event and calls `begin`, whose `ApiError`s are
	 * handled like those of the API.
	 */
	openEvents<T>(request: Partial<IHttpRequestOptions>, reader: EventReader<T>): Promise<T>;
	/** The model's request schema for an endpoint; `undefined` if it can't be loaded. */
	requestSchema(endpoint: Endpoint): ReturnType<typeof getRequestSchema>;
	/** The model's prices in the catalog, as `estimateUsd` takes them; `undefined` for none. */
	pricing(endpoint: Endpoint): Promise<unknown>;
	/** Downloads a public URL without the key; not rate limited. */
	fetchFile(url: string): Promise<ApiResponse>;
	/**
	 * Opens a public URL without the key for `use` to read. If the download breaks off, both start again.
	 */
	withFile<T>(url: string, use: (file: OpenFile) => Promise<T>): Promise<T>;
}

/** For the catalog, which a run can do without; its requests aren't rate limited. */
const CATALOG_TIMEOUT_MS = 15_000;
const CATALOG_MAX_RETRIES = 1;

export function createClient(context: RequestContext, options: ClientOptions): ApiClient {
	const { base, timeout, queue, signal, model, meter, onLoss } = options;
	const { maxRetries, maxRateLimitWait, retryOnTimeout, whileWaiting } = options;
	const limits = { maxRetries, maxRateLimitWait, retryOnTimeout, signal, whileWaiting };
	/** Moves the cost of a failed request from its error to `onLoss`, so that it is counted once. */
	const counted = <T>(outcome: Outcome<T>): Outcome<T> => {
		if (!outcome.error?.cost || !onLoss) return outcome;
		const { cost, ...error } = outcome.error;
		onLoss(cost);
		return { error };
	};
	const withoutKey: Request = async (request) => await context.helpers.httpRequest(request);
	const withKey: Request = async (request) =>
		await context.helpers.httpRequestWithAuthentication.call(
			cancelledBy(request.abortSignal as AbortSignal | undefined, context),
			'aimlApi',
			request,
		);
	const toOptions = (request: Partial<IHttpRequestOptions>) => {
		const sent = { ...base, ...request };
		return { ...sent, body: toWellFormedJson(sent.body) as IHttpRequestOptions['body'] };
	};
	const target = (kind: Target['kind'], address: string): Target => ({
		kind,
		address,
		timeout: timeout.milliseconds,
		timeoutSetting: timeout.setting,
		isPaid: false,
		isProxied: kind === 'api' && base.proxy !== undefined,
	});
	const api = target('api', base.baseURL);
	const file = (url: string) => ({ target: target('file', url), signal });
	const fileRules: RetryOptions = { ...limits, charge: 'nothing' };

	const fetchJson = async (url: string): Promise<unknown> => {
		const sent = { ...base, ...GET, url };
		const context = {
			target: { ...api, timeout: CATALOG_TIMEOUT_MS },
			signal,
			model,
			acceptsAnyBody: false,
		};
		const response = await sendWithRetries(async () => await sendRequest(withKey, sent, context), {
			...limits,
			charge: 'nothing',
			maxRetries: Math.min(CATALOG_MAX_RETRIES, maxRetries),
			maxRateLimitWait: 0,
			// Other items wait for the same response, so this one keeps its slot.
			whileWaiting: undefined,
		});
		return response.json;
	};
	/** For a model of the wrong type, the API only says that it doesn't exist. */
	const explain = async (error: unknown, path: string): Promise<never> => {
		if (!(error instanceof ApiError) || error.info.kind !== 'notFound' || !model) throw error;
		const models = await listModels(base.baseURL, fetchJson).catch(() => []);
		throw new ApiError({ ...error.info, ...describeWrongModel(models, model, path) });
	};

	const pricing = async (endpoint: Endpoint): Promise<unknown> =>
		await getPricing(model, endpoint, base.baseURL, fetchJson);

	return {
		send: async (request, rules = {}) => {
			const { startsPaidJob = false, acceptsAnyBody = false, check, beforeSend, stream } = rules;
			const sent = toOptions(request);
			const charge = chargeOf(sent, startsPaidJob);
			const context = {
				target: { ...api, isPaid: charge !== 'nothing' },
				signal,
				model,
				acceptsAnyBody,
				check,
				onEvent: stream?.onEvent,
			};
			const attempt = async () => {
				beforeSend?.();
				const count = meter?.open(sent, pricing);
				const answered = await sendRequest(withKey, sent, {
					...context,
					onAnswer: count?.onAnswer,
				});
				await count?.close(answered.error);
				// Every poll of a failed job reports the job's cost again.
				const outcome = charge === 'nothing' ? answered : counted(answered);
				return outcome.error && stream?.hasBegun()
					? { error: { ...outcome.error, isFinal: true } }
					: outcome;
			};
			return await sendWithRetries(attempt, { ...limits, charge, queue }).catch(
				async (error: unknown) => await explain(error, sent.url),
			);
		},
		openEvents: async <T>(
			request: Partial<IHttpRequestOptions>,
			{ format, check, begin }: EventReader<T>,
		) => {
			const sent = toOptions(request);
			const context = { target: { ...api, isPaid: true }, signal, model, check };
			const attempt = async (): Promise<Outcome<T>> => {
				const count = meter?.open(sent, pricing);
				const opened = await openEventStream(withKey, sent, format, {
					...context,
					onAnswer: count?.onAnswer,
				});
				await count?.close(opened.error);
				if (opened.error) return counted(opened);
				const source = count?.follow(opened.response) ?? opened.response;
				const begun = begin(source).then(
					(response) => ({ response }),
					(error: unknown) => ({ error: infoOf(error) }),
				);
				return counted(await begun);
			};
			return await sendWithRetries(attempt, { ...limits, charge: 'answer', queue }).catch(
				async (error: unknown) => await explain(error, sent.url),
			);
		},
		requestSchema: async (endpoint) =>
			await getRequestSchema(model, endpoint, base.baseURL, fetchJson),
		pricing,
		fetchFile: async (url) =>
			await sendWithRetries(async () => await fetchFile(withoutKey, { url }, file(url)), fileRules),
		withFile: async (url, use) =>
			await sendWithRetries(async () => {
				const opened = await openFile(withoutKey, { url }, file(url));
				return opened.error ? opened : await useFile(opened.response, use);
			}, fileRules),
	};
}

/** Turns the base request into a GET. */
export const GET = { method: 'GET', body: undefined } as const;

const chargeOf = (
	{ method }: Partial<IHttpRequestOptions>,
	startsPaidJob: boolean,
): RetryContext['charge'] => {
	if (startsPaidJob) return 'job';
	return method === 'GET' ? 'nothing' : 'answer';
};

/**
 * The context with another cancel signal: n8n's helper uses the one of its context and ignores the
 * request's own (n8n-core, `httpRequestWithAuthentication`).
 */
const cancelledBy = (signal: AbortSignal | undefined, context: RequestContext) =>
	Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IAllExecuteFunctions;
