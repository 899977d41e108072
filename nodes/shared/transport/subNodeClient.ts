import type { IExecuteFunctions, INodeProperties, ISupplyDataFunctions } from 'n8n-workflow';
import { secretsOf } from '../errors/maskSecrets';
import { toNodeError, type ErrorContext, type NodeFailure } from '../errors/nodeError';
import { CallMeter } from './callMeter';
import { createClient, type ApiClient } from './client';
import { ExecutionCost, type ExecutionContext } from './executionCost';
import { parseModelId, withFallback, type Fallback } from './fallback';
import { normalizeHost } from './host';
import {
	DEFAULT_TIMEOUT,
	getRetryLimits,
	optionFieldsOf,
	parseOptions,
	type RunOptions,
} from './options';
import type { RequestQueue } from './rateLimiter';
import { limiterOf } from './limiters';

/** How many requests of a sub-node are under way at most, in one run of the node that it serves. */
const MAX_CONCURRENT_REQUESTS = 10;

/** A model as it is asked for a sub-node, the chosen one or one that stands in for it. */
export interface SubNodeRequest extends ApiClient {
	readonly model: string;
	/** Set when this model stands in for the chosen one. */
	readonly fallback?: Fallback;
}

/** A sub-node's way to the API: what its fields say, and requests under the run policy. */
export interface SubNode {
	/** The chosen model. */
	model: string;
	options: RunOptions;
	/**
	 * Asks the chosen model, then those of 'Fallback Models'. What fails becomes n8n's error; an
	 * execution that is cancelled, or a `signal` of the caller, ends it with the signal's reason.
	 */
	ask<T>(perform: (call: SubNodeRequest) => Promise<T>, signal?: AbortSignal): Promise<T>;
	/** Hands on what a model that was asked still sends; errors become n8n's as in `ask`. */
	relay<T>(model: string, pieces: AsyncIterable<T>, signal?: AbortSignal): AsyncGenerator<T>;
}

/**
 * Reads 'Model' and 'Options' of a sub-node and binds it to the API, for use in `supplyData`.
 *
 * @param fields the sub-node's, by which its options are checked
 * @param defaultTimeout seconds, where the user sets no 'Timeout'
 * @throws NodeOperationError when no model is chosen, an option is wrong or the credential's host is
 * not valid
 */
export async function createSubNodeClient(
	context: ISupplyDataFunctions,
	itemIndex: number,
	fields: INodeProperties[],
	defaultTimeout = DEFAULT_TIMEOUT,
): Promise<SubNode> {
	const node = context.getNode();
	const options = withNextStep({ node, itemIndex, model: '' }, () =>
		parseOptions(context.getNodeParameter('options', itemIndex, {}), optionFieldsOf(fields)),
	);
	const chosen = context.getNodeParameter('model', itemIndex, '', { extractValue: true });
	const model = withNextStep({ node, itemIndex, model: '' }, () => parseModelId(chosen));
	const credential = await context.getCredentials<{ apiKey: string; url: string }>(
		'aimlApi',
		itemIndex,
	);
	const secrets = secretsOf(credential);
	const baseURL = withNextStep({ node, itemIndex, model }, () => normalizeHost(credential.url));
	const queue = getQueue(context);
	const timeout = {
		milliseconds: (options.timeout ?? defaultTimeout) * 1000,
		setting: "'Timeout' in 'Options'",
	};
	const retryOnTimeout = options.retryOnTimeout === true;
	const executionCost = new ExecutionCost(context as ExecutionContext, itemIndex);
	const meter = new CallMeter(executionCost, options.executionCostLimit);

	const callTo = (asked: string, signal: AbortSignal | undefined): ApiClient =>
		createClient(context, {
			base: { baseURL, url: '', json: true },
			timeout,
			queue,
			...getRetryLimits(options),
			retryOnTimeout,
			signal,
			model: asked,
			meter,
		});

	const signalOf = (own: AbortSignal | undefined) =>
		anySignal(context.getExecutionCancelSignal(), own);
	const toError = (error: unknown, asked: string, signal: AbortSignal | undefined) =>
		signal?.aborted
			? signal.reason
			: asSubNodes(toNodeError(error, { node, itemIndex, model: asked, secrets }));

	return {
		model,
		options,
		async ask(perform, own) {
			const signal = signalOf(own);
			let last = model;
			const models = [model, ...(options.fallbackModels ?? [])];
			return await withFallback(models, { charge: 'answer', retryOnTimeout }, async (asked) => {
				last = asked.model;
				return await perform({ ...callTo(asked.model, signal), ...asked });
			}).catch((error: unknown) => {
				throw toError(error, last, signal);
			});
		},
		relay: (asked, pieces, own) =>
			mapErrors(pieces, (error) => toError(error, asked, signalOf(own))),
	};
}

/** By this the editor shows the error as the sub-node's and leads to it from the node it serves. */
const asSubNodes = (error: NodeFailure): NodeFailure =>
	Object.assign(error, { functionality: 'configuration-node' as const });

function withNextStep<T>(place: ErrorContext, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw asSubNodes(toNodeError(error, place));
	}
}

function anySignal(
	first: AbortSignal | undefined,
	second: AbortSignal | undefined,
): AbortSignal | undefined {
	return first && second ? AbortSignal.any([first, second]) : (first ?? second);
}

/** One pace for all that a sub-node sends in one run of the node that it serves. */
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
 * What tells one run of the node that is served from another: n8n hands its sub-nodes the same object
 * for every item of a run. Their type does not name the function, but their context has it.
 */
function getRun(context: ISupplyDataFunctions): object {
	const { getExecuteData } = context as Partial<Pick<IExecuteFunctions, 'getExecuteData'>>;
	return getExecuteData?.call(context) ?? context;
}

/** Hands on what comes; what fails is thrown as `toError` makes it. */
export async function* mapErrors<T>(
	pieces: AsyncIterable<T>,
	toError: (error: unknown) => unknown,
): AsyncGenerator<T> {
	const iterator = pieces[Symbol.asyncIterator]();
	const next = async () =>
		await iterator.next().catch((error: unknown) => {
			throw toError(error);
		});
	let isOver = false;
	try {
		for (let piece = await next(); !piece.done; piece = await next()) yield piece.value;
		isOver = true;
	} finally {
		if (!isOver) await iterator.return?.();
	}
}
