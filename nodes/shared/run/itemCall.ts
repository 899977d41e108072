import {
	NodeApiError,
	type GenericValue,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { normalizeHost } from '../catalogue/host';
import { requestSchemaOf } from '../catalogue/catalogue';
import { isRecord } from '../schema/jsonSchema';
import { readResponse, type ApiResponse, type FullResponse } from './apiResponse';
import { CallFailure } from './fault';
import { InputError } from './InputError';
import type { BinaryFile, Call, Operation } from './operation';
import { readFault, readNetworkFault } from './readFault';

/** The request that the node's routing prepared: method, path, host, 'Request Options'. */
export type PreparedRequest = IHttpRequestOptions & { baseURL: string };

/**
 * Binds an operation's `Call` to the engine's functions for one item.
 *
 * @throws InputError when no model is chosen
 */
export function itemCall(
	engine: IExecutePaginationFunctions,
	prepared: PreparedRequest,
	{ endpoint }: Operation,
): Call {
	const field = <T>(name: string, fallback: T) => engine.getNodeParameter(name, fallback) as T;
	const model = readModel(engine);
	const host = normalizeHost(prepared.baseURL);

	const exchange = async (request: Partial<IHttpRequestOptions>): Promise<ApiResponse> =>
		await sendWithKey(engine, { ...prepared, baseURL: host, ...request });

	return {
		model,
		field,
		binary: (name) => readBinary(engine, name),
		binaryNames: () => Object.keys(engine.getInputData().binary ?? {}),
		requestSchema: async () =>
			await requestSchemaOf(model, endpoint, host, async (url) => await fetchJson(exchange, url)),
		send: async (body) => {
			const response = await exchange({
				body: body as GenericValue as IHttpRequestOptions['body'],
				...runOptions(field('options', {})),
			});
			const fault = readFault(response, model);
			if (fault) throw new CallFailure(fault);
			return response;
		},
		fetchFile: async (url) => await fetchFile(engine, url),
	};
}

function readModel(engine: IExecutePaginationFunctions): string {
	const model = engine.getNodeParameter('model', '', { extractValue: true });
	if (typeof model === 'string' && model.trim()) return model.trim();
	throw new InputError(
		"'Model' is empty",
		'Choose a model from the list or enter its ID. If it is an expression, check that the field it reads exists on this item.',
	);
}

function readBinary(engine: IExecutePaginationFunctions, name: string): BinaryFile | undefined {
	const about = engine.getInputData().binary?.[name];
	return about && { about, read: async () => await engine.helpers.getBinaryDataBuffer(name) };
}

/** Options of the node that belong to the HTTP request. */
function runOptions(options: { timeout?: number; requestId?: string }) {
	return {
		...(options.timeout && { timeout: options.timeout * 1000 }),
		...(options.requestId && { headers: { 'X-Client-Request-Id': String(options.requestId) } }),
	};
}

const CATALOGUE_TIMEOUT = 15_000;

async function fetchJson(
	exchange: (request: Partial<IHttpRequestOptions>) => Promise<ApiResponse>,
	url: string,
): Promise<unknown> {
	const response = await exchange({
		method: 'GET',
		url,
		body: undefined,
		timeout: CATALOGUE_TIMEOUT,
	});
	const fault = readFault(response, '');
	if (fault) throw new CallFailure(fault);
	return JSON.parse(response.bytes.toString('utf8'));
}

async function sendWithKey(
	engine: IExecutePaginationFunctions,
	options: PreparedRequest,
): Promise<ApiResponse> {
	const request = engine.helpers.httpRequestWithAuthentication.call(engine, 'aimlApi', {
		...options,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		encoding: 'arraybuffer',
		sendCredentialsOnCrossOriginRedirect: false,
	});
	return await settle(request, options);
}

async function fetchFile(engine: IExecutePaginationFunctions, url: string): Promise<ApiResponse> {
	const options = {
		url,
		method: 'GET',
		returnFullResponse: true,
		encoding: 'arraybuffer',
	} as const;
	return await settle(engine.helpers.httpRequest(options), options);
}

/** Turns what n8n's request helpers reject with into a fault, and leaves n8n's own errors alone. */
async function settle(
	request: Promise<FullResponse>,
	options: IHttpRequestOptions,
): Promise<ApiResponse> {
	return await request.then(readResponse, (error: unknown) => {
		const cause = error instanceof NodeApiError ? error.cause : error;
		const isNetworkError = isRecord(cause) && (cause.isAxiosError === true || 'code' in cause);
		if (!isNetworkError) throw cause;
		const host = options.baseURL ?? new URL(options.url).origin;
		throw new CallFailure(readNetworkFault(String(cause.code ?? ''), host, options.timeout ?? 0));
	});
}
