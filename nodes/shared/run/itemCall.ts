import {
	NodeApiError,
	type GenericValue,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { requestSchemaOf } from '../catalogue/catalogue';
import { normalizeHost } from '../catalogue/host';
import { readCost } from '../response/usage';
import { isRecord } from '../schema/jsonSchema';
import { toApiResponse, type ApiResponse } from './apiResponse';
import type { BinaryFile, Call, Operation } from './operation';
import { readFault, readFileFault, readNetworkFault, readUnreadableBody } from './readFault';
import type { RunState } from './runState';
import { sendWithRetries, type Outcome } from './send';

/** The request that the node's routing prepared: method, path, host, 'Request Options'. */
export type PreparedRequest = IHttpRequestOptions & { baseURL: string };

/** The options of the node that concern its requests. */
export interface RequestOptions {
	maxRetries?: number;
	/** Seconds. */
	timeout?: number;
	requestId?: string;
}

const DEFAULT_MAX_RETRIES = 4;
const CATALOGUE_TIMEOUT = 15_000;
const FREE_REQUEST = { startsPaidJob: false, maxRetries: 1 };

/** Binds an operation's `Call` to the engine's functions for one item and to the state of its run. */
export function itemCall(
	engine: IExecutePaginationFunctions,
	prepared: PreparedRequest,
	{ endpoint, startsPaidJob = false }: Operation,
	state: RunState,
	{ model, fallback }: Pick<Call, 'model' | 'fallback'>,
): Call {
	const field = <T>(name: string, fallback: T) => engine.getNodeParameter(name, fallback) as T;
	const host = normalizeHost(prepared.baseURL);
	const options = field<RequestOptions>('options', {});
	const rules = { throttle: state.throttle, signal: engine.getExecutionCancelSignal() };

	const exchangeWithKey = async (request: Partial<IHttpRequestOptions>): Promise<Outcome> =>
		await exchange(
			(full) => engine.helpers.httpRequestWithAuthentication.call(engine, 'aimlApi', full),
			{ ...prepared, baseURL: host, ...request },
			(response) => judgeAnswer(response, model),
		);
	const fetchJson = async (url: string): Promise<unknown> => {
		const request = { method: 'GET', url, body: undefined, timeout: CATALOGUE_TIMEOUT } as const;
		const response = await sendWithRetries(async () => await exchangeWithKey(request), {
			...rules,
			...FREE_REQUEST,
		});
		return response.json;
	};

	return {
		model,
		fallback,
		field,
		binary: (name) => readBinary(engine, name),
		binaryNames: () => Object.keys(engine.getInputData().binary ?? {}),
		requestSchema: async () => await requestSchemaOf(model, endpoint, host, fetchJson),
		send: async (body) => {
			const request = {
				body: body as GenericValue as IHttpRequestOptions['body'],
				...http(options),
			};
			const response = await sendWithRetries(async () => await exchangeWithKey(request), {
				...rules,
				startsPaidJob,
				maxRetries: options.maxRetries ?? DEFAULT_MAX_RETRIES,
			});
			state.spent += readCost(response.json, response)?.usd ?? 0;
			return response;
		},
		fetchFile: async (url) =>
			await sendWithRetries(
				async () =>
					await exchange(
						(full) => engine.helpers.httpRequest(full),
						{ url },
						(response) => judgeFile(response, url),
					),
				{ ...rules, ...FREE_REQUEST },
			),
	};
}

function http({ timeout, requestId }: RequestOptions) {
	return {
		...(timeout && { timeout: timeout * 1000 }),
		...(requestId && { headers: { 'X-Client-Request-Id': String(requestId) } }),
	};
}

function readBinary(engine: IExecutePaginationFunctions, name: string): BinaryFile | undefined {
	const about = engine.getInputData().binary?.[name];
	return about && { about, read: async () => await engine.helpers.getBinaryDataBuffer(name) };
}

/** One exchange, whatever comes of it; rejects only with errors that are n8n's own. */
async function exchange(
	request: (options: IHttpRequestOptions) => Promise<Parameters<typeof toApiResponse>[0]>,
	options: IHttpRequestOptions,
	judge: (response: ApiResponse) => Outcome,
): Promise<Outcome> {
	const full = {
		...options,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		encoding: 'arraybuffer',
		sendCredentialsOnCrossOriginRedirect: false,
	} as const;
	return await request(full).then(
		(answer) => judge(toApiResponse(answer)),
		(error: unknown) => ({ fault: networkFault(error, options) }),
	);
}

/** The API answers in JSON or, streaming, in events: anything else is a broken answer. */
function judgeAnswer(response: ApiResponse, model: string): Outcome {
	const fault = readFault(response, model);
	if (fault) return { fault };
	const isWhole = response.isEventStream || response.json !== undefined;
	return isWhole ? { response } : { fault: readUnreadableBody(response) };
}

function judgeFile(response: ApiResponse, url: string): Outcome {
	if (response.status >= 200 && response.status < 300) return { response };
	return { fault: readFileFault(response, url) };
}

/** Faults of the network carry Node's or axios's code; what else n8n rejects with is handed on. */
function networkFault(error: unknown, { baseURL, url, timeout = 0 }: IHttpRequestOptions) {
	const cause = error instanceof NodeApiError ? error.cause : error;
	if (!isRecord(cause) || !(cause.isAxiosError === true || 'code' in cause)) throw cause;
	return readNetworkFault(String(cause.code ?? ''), baseURL ?? new URL(url).origin, timeout);
}
