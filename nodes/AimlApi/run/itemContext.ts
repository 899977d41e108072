import type {
	GenericValue,
	IBinaryData,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { connect, GET } from '../../shared/transport/client';
import { DEFAULT_MAX_RETRIES, type RunOptions } from '../../shared/transport/options';
import { pause } from '../../shared/transport/sleep';
import { contentOfBytes, type FileContent } from '../media/multipart';
import type { BinaryFile, Call, Operation } from './operation';
import { RunStopped, type RunState } from './runState';

/** The request that the node's routing prepared: method, path, 'Request Options'; and the host. */
export type PreparedRequest = IHttpRequestOptions & { baseURL: string };

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
	const { endpoint, startsPaidJob, acceptsAnyBody } = operation;
	const signal = engine.getExecutionCancelSignal();
	const api = connect(engine, {
		base: prepared,
		throttle: state.throttle,
		maxRetries: options.maxRetries ?? DEFAULT_MAX_RETRIES,
		signal,
		model,
	});

	return {
		itemIndex: engine.getItemIndex(),
		model,
		fallback,
		field: <T>(name: string, otherwise: T) => engine.getNodeParameter(name, otherwise) as T,
		option: <T>(name: string, otherwise: T) => (options[name] ?? otherwise) as T,
		binary: (name) => readBinary(engine, name),
		binaryNames: () => Object.keys(engine.getInputData().binary ?? {}),
		requestSchema: async () => await api.requestSchema(endpoint),
		send: async (body, path) =>
			await api.send(
				{
					...toHttp(options),
					...(path && { url: path }),
					body: body as GenericValue as IHttpRequestOptions['body'],
				},
				{ startsPaidJob, acceptsAnyBody },
			),
		sendTogether: async (parts, rules) =>
			await state.batcher.join(engine.getItemIndex(), parts, {
				...rules,
				send: async (all) => {
					if (state.stopped) throw new RunStopped();
					return await rules.send(all);
				},
			}),
		book: (cost) => void (state.purse.spent += cost?.usd ?? 0),
		get: async (url, qs) =>
			await api.send({ ...GET, ...toHttp(options), url, qs }, { acceptsAnyBody }),
		wait: async (seconds) => await pause(seconds * 1000, signal),
		fetchFile: api.fetchFile,
		openFile: api.openFile,
		storeFile: async (content, fileName, mimeType) =>
			await engine.helpers.prepareBinaryData(content, fileName, mimeType),
		openStored: async (stored) => await openStored(engine, stored),
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

/** Data without an id is part of the item, in base64. */
async function openStored(
	{ helpers }: IExecutePaginationFunctions,
	{ id, data }: IBinaryData,
): Promise<FileContent> {
	if (!id) return contentOfBytes(Buffer.from(data, 'base64'));
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return {
		size: fileSize,
		async *stream() {
			yield* await helpers.getBinaryStream(id);
		},
	};
}
