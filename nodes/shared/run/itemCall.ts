import type { GenericValue, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { requestSchemaOf } from '../catalogue/catalogue';
import { normalizeHost } from '../catalogue/host';
import type { ApiResponse } from './apiResponse';
import { askApi, fetchFile, openFile, type Request } from './exchange';
import type { BinaryFile, Call, Operation } from './operation';
import { pause } from './pause';
import type { RunOptions } from './runOptions';
import type { RunState } from './runState';
import { sendWithRetries } from './send';

/** The request that the node's routing prepared: method, path, host, 'Request Options'. */
export type PreparedRequest = IHttpRequestOptions & { baseURL: string };

const DEFAULT_MAX_RETRIES = 4;
/** For the catalogue, which the run can do without. Milliseconds. */
const CATALOGUE_TIMEOUT = 15_000;

/** One item and what its call is bound to. */
export interface ItemBinding extends Pick<Call, 'model' | 'fallback'> {
	engine: IExecutePaginationFunctions;
	prepared: PreparedRequest;
	operation: Operation;
	state: RunState;
	options: RunOptions;
}

/** Binds an operation's `Call` to the engine's functions for one item and to the state of its run. */
export function itemCall(binding: ItemBinding): Call {
	const { engine, prepared, operation, state, options, model, fallback } = binding;
	const { endpoint, startsPaidJob = false } = operation;
	const maxRetries = options.maxRetries ?? DEFAULT_MAX_RETRIES;
	const host = normalizeHost(prepared.baseURL);
	const signal = engine.getExecutionCancelSignal();
	const free = { throttle: state.throttle, signal, startsPaidJob: false, maxRetries };

	const withoutKey: Request = async (request) => await engine.helpers.httpRequest(request);
	const withKey: Request = async (request) =>
		await engine.helpers.httpRequestWithAuthentication.call(engine, 'aimlApi', request);
	const ask = async (request: Partial<IHttpRequestOptions>) =>
		await askApi(withKey, { ...prepared, baseURL: host, ...request }, model);
	const get = async (
		request: Partial<IHttpRequestOptions>,
		retries: number,
	): Promise<ApiResponse> =>
		await sendWithRetries(async () => await ask({ method: 'GET', body: undefined, ...request }), {
			...free,
			maxRetries: retries,
		});

	return {
		model,
		fallback,
		field: <T>(name: string, otherwise: T) => engine.getNodeParameter(name, otherwise) as T,
		option: <T>(name: string, otherwise: T) => (options[name] ?? otherwise) as T,
		binary: (name) => readBinary(engine, name),
		binaryNames: () => Object.keys(engine.getInputData().binary ?? {}),
		requestSchema: async () =>
			await requestSchemaOf(model, endpoint, host, async (url) => {
				const { json } = await get({ url, timeout: CATALOGUE_TIMEOUT }, 1);
				return json;
			}),
		send: async (body) => {
			const request = {
				...toHttp(options),
				body: body as GenericValue as IHttpRequestOptions['body'],
			};
			const rules = { ...free, startsPaidJob };
			return await sendWithRetries(async () => await ask(request), rules);
		},
		sendTogether: async (texts, rules) =>
			await state.batcher.join(engine.getItemIndex(), texts, rules),
		book: (cost) => void (state.spent += cost?.usd ?? 0),
		get: async (url, qs) => await get({ ...toHttp(options), url, qs }, maxRetries),
		wait: async (seconds) => await pause(seconds * 1000, signal),
		fetchFile: async (url) =>
			await sendWithRetries(async () => await fetchFile(withoutKey, url), free),
		openFile: async (url) =>
			await sendWithRetries(async () => await openFile(withoutKey, url), free),
		storeFile: async (content, fileName, mimeType) =>
			await engine.helpers.prepareBinaryData(content, fileName, mimeType),
	};
}

function toHttp({ timeout, requestId }: RunOptions) {
	return {
		...(timeout && { timeout: timeout * 1000 }),
		...(requestId && { headers: { 'X-Client-Request-Id': String(requestId) } }),
	};
}

function readBinary(engine: IExecutePaginationFunctions, name: string): BinaryFile | undefined {
	const about = engine.getInputData().binary?.[name];
	return about && { about, read: async () => await engine.helpers.getBinaryDataBuffer(name) };
}
