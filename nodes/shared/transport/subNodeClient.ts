import type { IExecuteFunctions, INodeProperties, ISupplyDataFunctions } from 'n8n-workflow';
import { ApiError } from '../errors/ApiError';
import { toNodeError, type ErrorContext, type NodeFailure } from '../errors/nodeError';
import { secretsOf } from '../maskSecrets';
import { CallMeter } from './callMeter';
import { createClient, type ApiClient } from './client';
import { ExecutionCost, type ExecutionContext } from './executionCost';
import { parseModelId, withFallback, type Fallback } from './fallback';
import { normalizeHost } from './host';
import { limiterOf } from './limiters';
import {
	DEFAULT_TIMEOUT,
	getRetryLimits,
	optionFieldsOf,
	parseOptions,
	type RunOptions,
} from './options';
import type { RequestQueue } from './rateLimiter';
import { defaultRequestId } from './requestId';
import { addCost, type Cost } from './usage';

/** Max requests of a sub-node in flight per run of its root node. */
const MAX_CONCURRENT_REQUESTS = 10;

/** The client for one model of a sub-node: the chosen one or a fallback. */
export interface SubNodeRequest extends ApiClient {
	readonly model: string;
	/** Set if this model is a fallback for the chosen one. */
	readonly fallback?: Fallback;
	/** The cost of failed requests so far, to any model; `undefined` for none. */
	readonly lostCost: Cost | undefined;
}

/** The fields of a sub-node, and its requests with fallback models. */
export interface SubNode {
	/** The chosen model. */
	model: string;
	options: RunOptions;
	/**
	 * Tries the chosen model, then those of 'Fallback Models'.
	 *
	 * @throws n8n's error; the signal's reason when the execution or the caller's `signal` is canceled
	 */
	ask<T>(perform: (call: SubNodeRequest) => Promise<T>, signal?: AbortSignal): Promise<T>;
	/** Passes on a model's stream; its errors become n8n's errors as in `ask`. */
	relay<T>(model: string, pieces: AsyncIterable<T>, signal?: AbortSignal): AsyncGenerator<T>;
}

/**
 * Reads 'Model' and 'Options' of a sub-node and creates its client, for `supplyData`.
 *
 * @param fields of the sub-node, which its options are checked against
 * @param defaultTimeout in seconds
 * @throws NodeOperationError if no model is chosen, an option is invalid or the credential's host is
 */
export async function createSubNodeClient(
	context: ISupplyDataFunctions,
	itemIndex: number,
	fields: INodeProperties[],
	defaultTimeout = DEFAULT_TIMEOUT,
): Promise<SubNode> {
	const node = context.getNode();
	const chosen = context.getNodeParameter('model', itemIndex, '', { extractValue: true });
	const { options, model } = withNodeErrors({ node, itemIndex, model: '' }, () => ({
		options: parseOptions(
			context.getNodeParameter('options', itemIndex, {}),
			optionFieldsOf(fields),
		),
		model: parseModelId(chosen),
	}));
	const credential = await context.getCredentials<{ apiKey: string; url: string }>(
		'aimlApi',
		itemIndex,
	);
	const secrets = secretsOf(credential);
	const baseURL = withNodeErrors({ node, itemIndex, model }, () => normalizeHost(credential.url));
	const queue = getQueue(context);
	const timeout = {
		milliseconds: (options.timeout ?? defaultTimeout) * 1000,
		setting: "'Timeout' in 'Options'",
	};
	const retryOnTimeout = options.retryOnTimeout === true;
	const headers = { 'X-Client-Request-Id': defaultRequestId(context, itemIndex) };
	const executionCost = new ExecutionCost(context as ExecutionContext, itemIndex);
	const meter = new CallMeter(executionCost, options.executionCostLimit);

	const callTo = (
		asked: string,
		signal: AbortSignal | undefined,
		onLoss: (cost: Cost) => void,
	): ApiClient =>
		createClient(context, {
			base: { baseURL, url: '', json: true, headers },
			timeout,
			queue,
			...getRetryLimits(options),
			retryOnTimeout,
			signal,
			model: asked,
			meter,
			onLoss,
		});

	const signalOf = (own: AbortSignal | undefined) =>
		anySignal(context.getExecutionCancelSignal(), own);
	const toError = (error: unknown, asked: string, signal: AbortSignal | undefined) =>
		signal?.aborted
			? signal.reason
			: asSubNodeError(toNodeError(error, { node, itemIndex, model: asked, secrets }));

	return {
		model,
		options,
		async ask(perform, own) {
			const signal = signalOf(own);
			let last = model;
			let lostCost: Cost | undefined;
			const addLoss = (cost: Cost) => void (lostCost = addCost(lostCost, cost));
			const models = [model, ...(options.fallbackModels ?? [])];
			return await withFallback(models, { charge: 'answer', retryOnTimeout }, async (asked) => {
				last = asked.model;
				return await perform({
					...callTo(asked.model, signal, addLoss),
					...asked,
					get lostCost() {
						return lostCost;
					},
				});
			}).catch((error: unknown) => {
				throw toError(withLoss(error, lostCost), last, signal);
			});
		},
		relay: (asked, pieces, own) =>
			mapErrors(pieces, (error) => toError(error, asked, signalOf(own))),
	};
}

const withLoss = (error: unknown, lost: Cost | undefined): unknown =>
	error instanceof ApiError && lost
		? new ApiError({ ...error.info, cost: addCost(lost, error.info.cost) })
		: error;

/** Marks an error as a sub-node's, so that the root node's error links to it in the editor. */
const asSubNodeError = (error: NodeFailure): NodeFailure =>
	Object.assign(error, { functionality: 'configuration-node' as const });

function withNodeErrors<T>(place: ErrorContext, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw asSubNodeError(toNodeError(error, place));
	}
}

function anySignal(
	first: AbortSignal | undefined,
	second: AbortSignal | undefined,
): AbortSignal | undefined {
	return first && second ? AbortSignal.any([first, second]) : (first ?? second);
}

/** By run of the root node, then by name of the sub-node. */
const queues = new WeakMap<object, Map<string, RequestQueue>>();

function getQueue(context: ISupplyDataFunctions): RequestQueue {
	const run = getRun(context);
	const ofRun = queues.get(run) ?? new Map<string, RequestQueue>();
	queues.set(run, ofRun);
	const node = context.getNode();
	const queue = ofRun.get(node.name) ?? limiterOf(node).openQueue(MAX_CONCURRENT_REQUESTS);
	ofRun.set(node.name, queue);
	return queue;
}

/**
 * Identifies the run of the root node: n8n passes its sub-nodes the same object for every item of a run.
 * The context has this function although its type doesn't.
 */
function getRun(context: ISupplyDataFunctions): object {
	const { getExecuteData } = context as Partial<Pick<IExecuteFunctions, 'getExecuteData'>>;
	return getExecuteData?.call(context) ?? context;
}

/** Wraps an async iterable and maps the errors it throws. */
export async function* mapErrors<T>(
	pieces: AsyncIterable<T>,
	toError: (error: unknown) => unknown,
): AsyncGenerator<T> {
	try {
		yield* pieces;
	} catch (error) {
		throw toError(error);
	}
}
