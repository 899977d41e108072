import type {
	GenericValue,
	IBinaryData,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { toFailedItem } from '../../shared/errors/nodeError';
import {
	createClient,
	GET,
	type StreamReader,
	type TimeLimit,
} from '../../shared/transport/client';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { checkResponse } from '../../shared/transport/checkResponse';
import { CallMeter } from '../../shared/transport/callMeter';
import { ExecutionCost, type ExecutionContext } from '../../shared/transport/executionCost';
import { defaultRequestId } from '../../shared/transport/requestId';
import { DEFAULT_TIMEOUT, getRetryLimits, type RunOptions } from '../../shared/transport/options';
import { pause } from '../../shared/transport/sleep';
import type { Cost } from '../../shared/transport/usage';
import { checkCostLimit } from './costLimit';
import { contentOfBytes, type FileContent } from './multipart';
import type { BinaryFile, ItemContext, Operation } from './operation';
import { parseJob } from './job';
import type { ItemPlace } from './itemPlace';
import type { ItemProgress } from './itemProgress';
import { openResponseStream } from './responseStream';
import { RunStopped, type RunState } from './runState';

/** The request that the node's routing prepared (method, path, 'Request Options'), with the host. */
export type PreparedRequest = IHttpRequestOptions & { baseURL: string };

/** An item, and the run and model that its requests belong to. */
interface ItemBinding extends Pick<ItemContext, 'model' | 'fallback'> {
	engine: IExecutePaginationFunctions;
	prepared: PreparedRequest;
	operation: Operation;
	state: RunState;
	progress: ItemProgress;
	/** Absent for items that share requests. */
	place?: ItemPlace;
	options: RunOptions;
}

/** The context of one item, on top of n8n's functions for it and the state of its run. */
export function createItemContext(binding: ItemBinding): ItemContext {
	const { engine, prepared, operation, state, progress, place, options, model, fallback } = binding;
	const { endpoint, startsPaidJob, acceptsAnyBody = false, batchesItems } = operation;
	const itemIndex = engine.getItemIndex();
	const requests = { count: 0 };
	const costOfTry = { usd: 0, credits: 0 };
	const signal = engine.getExecutionCancelSignal();
	const releaseDuring = async (wait: () => Promise<void>) =>
		await (place ? place.releaseDuring(wait) : wait());
	const entered = async <T>(request: () => Promise<T>): Promise<T> => {
		await place?.enter();
		return await request();
	};
	const rules = {
		base: prepared,
		timeout: getTimeLimit(binding),
		queue: state.requests,
		...getRetryLimits(options),
		retryOnTimeout: options.retryOnTimeout === true,
		signal,
		whileWaiting: releaseDuring,
	};
	const meter = new CallMeter(
		(state.executionCost ??= new ExecutionCost(engine as unknown as ExecutionContext, 0)),
		options.executionCostLimit,
		(json) => parseJob(json, false).id,
	);
	const onLoss = (cost: Cost): void => {
		progress.addLoss(cost);
		state.costTracker.spentUsd += Math.max(0, cost.usd);
	};
	const api = createClient(engine, { ...rules, model, meter, onLoss });
	// A 404 for an ID says nothing about the model. The job that is polled goes on, so its item keeps its place.
	const lookUps = createClient(engine, { ...rules, model: '', whileWaiting: undefined });

	const headers = {
		'X-Client-Request-Id': options.requestId || defaultRequestId(engine, itemIndex),
	};
	const checkLookUp = (isResult: (response: ApiResponse) => boolean) => (response: ApiResponse) =>
		isResult(response) ? undefined : checkResponse(response, { model: '', acceptsAnyBody }).error;
	let sentBody: unknown;
	const send = async (
		body: unknown,
		{ path, stream }: { path?: string; stream?: StreamReader } = {},
	) => {
		await place?.enter();
		sentBody = body;
		state.inProgress.add(itemIndex);
		return await api.send(
			{
				headers,
				...(path && { url: path }),
				body: body as GenericValue as IHttpRequestOptions['body'],
			},
			{
				startsPaidJob,
				acceptsAnyBody,
				beforeSend: () => checkCostLimit(options, state.costTracker),
				check: operation.checkResponse && ((response) => operation.checkResponse!(response, model)),
				stream,
			},
		);
	};

	return {
		itemIndex,
		model,
		fallback,
		// A tool's text is for the agent, not for the person who chats with it.
		responseStream: state.isTool ? undefined : openResponseStream(engine, state.secrets),
		getField: <T>(name: string, otherwise: T) => engine.getNodeParameter(name, otherwise) as T,
		getOption: <T>(name: string, otherwise: T) => (options[name] ?? otherwise) as T,
		getBinary: (name) => getBinaryFile(engine, name),
		getBinaryNames: () => Object.keys(engine.getInputData().binary ?? {}),
		requestSchema: async () => await api.requestSchema(endpoint),
		send: async (body, path) => {
			const request = async () => await send(body, { path });
			// On a retry of the node, a shared request may have other parts.
			if (batchesItems) return await request();
			return await progress.send(requests, { model, fallback }, request);
		},
		stream: async (body, reader) => await send(body, { stream: reader }),
		sendBatched: async (parts, rules) =>
			await state.batcher.add(itemIndex, parts, {
				...rules,
				send: async (all) => {
					if (state.stopped) throw new RunStopped();
					return await rules.send(all);
				},
			}),
		afterFirst: async (kind, task) => await state.firstAlone.run(kind, task, releaseDuring),
		pricing: async () => await api.pricing(endpoint),
		addCost: (cost) => void (state.costTracker.spentUsd += progress.bookCost(costOfTry, cost)),
		settleCost: async (jobId, cost, answer) =>
			await meter.settle(jobId, cost, answer, { endpoint, body: sentBody, pricing: api.pricing }),
		get: async (url, qs, isResult = () => false) =>
			await entered(
				async () =>
					await lookUps.send(
						{ ...GET, headers, url, qs },
						{ acceptsAnyBody, check: checkLookUp(isResult) },
					),
			),
		wait: async (seconds) => await pause(seconds * 1000, signal),
		toUrl: (path) => new URL(path, prepared.baseURL).href,
		fetchFile: async (url) => await entered(async () => await api.fetchFile(url)),
		withFile: async (url, use) => await entered(async () => await api.withFile(url, use)),
		toFailedItem: (error) =>
			toFailedItem(error, { node: engine.getNode(), itemIndex, model, secrets: state.secrets }),
		storeFile: async (content, fileName, mimeType) =>
			await withSize(engine, await engine.helpers.prepareBinaryData(content, fileName, mimeType)),
		readBinaryStream: async (stored) => await readBinaryStream(engine, stored),
	};
}

/** 'Timeout' in 'Options' wins over the one in 'Request Options', which n8n adds to every node. */
function getTimeLimit({ options, prepared, operation, state }: ItemBinding): TimeLimit {
	if (options.timeout === undefined && state.hasRequestTimeout && prepared.timeout) {
		return { milliseconds: prepared.timeout, setting: "'Timeout' under 'Request Options'" };
	}
	const seconds = options.timeout ?? operation.timeout ?? DEFAULT_TIMEOUT;
	return { milliseconds: seconds * 1000, setting: "'Timeout' in 'Options'" };
}

function getBinaryFile(engine: IExecutePaginationFunctions, name: string): BinaryFile | undefined {
	const metadata = engine.getInputData().binary?.[name];
	return metadata && { metadata, read: async () => await engine.helpers.getBinaryDataBuffer(name) };
}

/** n8n before 2.16 gives the size of stored data only as text, e.g. `70 B`. */
async function withSize(
	{ helpers }: IExecutePaginationFunctions,
	stored: IBinaryData,
): Promise<IBinaryData> {
	const { id, data, bytes } = stored;
	if (bytes !== undefined) return stored;
	const { fileSize } = id
		? await helpers.getBinaryMetadata(id)
		: { fileSize: Buffer.from(data, 'base64').length };
	return { ...stored, bytes: fileSize };
}

/** Data without an ID is in the item itself, as base64. */
async function readBinaryStream(
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
