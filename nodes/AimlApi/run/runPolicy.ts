import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { ApiError } from '../../shared/errors/ApiError';
import { maskIn, secretsOf } from '../../shared/maskSecrets';
import { toFailedItem, toRoutingError } from '../../shared/errors/nodeError';
import { isRecord } from '../../shared/json';
import { parseModelId, withFallback } from '../../shared/transport/fallback';
import { normalizeHost } from '../../shared/transport/host';
import { optionFieldsOf, parseOptions, type RunOptions } from '../../shared/transport/options';
import type { RetryContext } from '../../shared/transport/retry';
import { addCost, type Cost } from '../../shared/transport/usage';
import { checkCostLimit } from './costLimit';
import { createItemContext, type PreparedRequest } from './itemContext';
import { ItemPlace } from './itemPlace';
import type { ItemProgress } from './itemProgress';
import type { ItemContext, Operation } from './operation';
import {
	getProgress,
	getRunState,
	markPrepared,
	RunStopped,
	type RunSettings,
	type RunState,
} from './runState';
import { isSimplified } from './simplify';
import { toToolOutput } from './toolOutput';

const DEFAULT_ITEMS_IN_PARALLEL = 10;

/**
 * The run policy of all operations, for `requestOperations.pagination` of their routing: the only place
 * where a declarative node can wrap the request of an item.
 *
 * n8n starts all items at once and keeps their order. Here at most 'Items in Parallel' are processed at a
 * time, while as many prepare their requests. Every output item is linked to its input item.
 *
 * @param fields the operation's, to validate its options
 */
export function withRunPolicy(operation: Operation, fields: INodeProperties[]) {
	const optionFields = optionFieldsOf(fields);
	const getOptions: GetOptions = (engine) =>
		parseOptions(engine.getNodeParameter('options', {}), optionFields);
	return async function (
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const state = getRunState(this, () => getRunSettings(this, getOptions));
		markPrepared(state, this.getItemIndex());
		// n8n prepares all items before the first one continues after this line.
		await Promise.resolve();
		if (!isRunActive(this, state)) return [];
		const policy = { operation, getOptions, prepared: options as PreparedRequest, state };
		if (operation.batchesItems) {
			await state.yielder.next();
			return await executeItem(this, policy);
		}
		const { attempt } = state;
		const isOver = () => state.stopped || state.attempt !== attempt || isCancelled(this);
		const place = new ItemPlace(state.places, isOver);
		return await place.run(async () => await executeItem(this, { ...policy, place }));
	};
}

/** The values of 'Options' for an item. @throws InputError for an invalid one */
type GetOptions = (engine: IExecutePaginationFunctions) => RunOptions;

interface ItemPolicy {
	operation: Operation;
	getOptions: GetOptions;
	prepared: PreparedRequest;
	state: RunState;
	/** Absent for items that share requests. */
	place?: ItemPlace;
}

/**
 * Processes one item.
 *
 * @returns its output items, or a failed item
 * @throws n8n's error if the node stops on errors
 */
async function executeItem(
	engine: IExecutePaginationFunctions,
	{ operation, getOptions, prepared, state, place }: ItemPolicy,
): Promise<INodeExecutionData[]> {
	const itemIndex = engine.getItemIndex();
	const finished = state.finished.get(itemIndex);
	if (finished || state.stopped || isCancelled(engine)) {
		state.batcher.skip(itemIndex);
		return finished ?? [];
	}

	const progress = getProgress(state, itemIndex);
	let model = '';
	const source = () => ({ node: engine.getNode(), itemIndex, model, secrets: state.secrets });
	const perform = async () => {
		progress.checkNotRunning();
		const options = getOptions(engine);
		const { requested } = progress;
		if (!requested) checkCostLimit(options, state.costTracker);
		const models = requested ? [requested.model] : getModels(engine, operation, options);
		const rules: RetryContext = {
			charge: operation.startsPaidJob ? 'job' : 'answer',
			retryOnTimeout: options.retryOnTimeout === true,
		};
		const request = await withCredentialHost(engine, prepared, state);
		return await withFallback(
			models,
			rules,
			async (asked) => {
				model = asked.model;
				const context = createItemContext({
					engine,
					prepared: request,
					operation,
					state,
					progress,
					place,
					options,
					...asked,
				});
				const items = await operation.execute(context).catch((error: unknown) => {
					throw progress.keepAfter(error, operation);
				});
				return addLostCost(context, items, progress);
			},
			requested?.fallback,
		);
	};
	const outcome = perform().then(
		(items) => {
			const linked = items.map((item) => ({
				pairedItem: { item: itemIndex },
				...item,
				json: toOutput(item.json, state),
			}));
			state.finished.set(itemIndex, linked);
			state.progress.delete(itemIndex);
			return linked;
		},
		(reason: unknown) => {
			if (isCancelled(engine) || reason instanceof RunStopped) return [];
			const error = withPaidCost(reason, progress);
			// When a tool throws, agents stop or pass on the bare message at most.
			if (engine.continueOnFail() || state.isTool) return [toFailedItem(error, source())];
			state.stopped = true;
			state.inProgress.delete(itemIndex);
			const { spentUsd } = state.costTracker;
			throw toRoutingError(error, { ...source(), spentUsd, openItems: state.inProgress.size });
		},
	);
	return await outcome.finally(() => {
		state.inProgress.delete(itemIndex);
		state.batcher.skip(itemIndex);
	});
}

/** Adds what failed requests of the item cost to the first output item with a cost. */
function addLostCost(
	context: ItemContext,
	items: INodeExecutionData[],
	{ lostCost }: ItemProgress,
): INodeExecutionData[] {
	if (!lostCost || !items.length || !isSimplified(context)) return items;
	const payer =
		items.find(({ json }) => json.cost !== undefined) ??
		items.find(({ json }) => json.error === undefined) ??
		items[0];
	return items.map((item) => {
		if (item !== payer) return item;
		const cost = addCost(item.json.cost as Cost | undefined, lostCost);
		return { ...item, json: { ...item.json, cost } };
	});
}

/** The JSON of an item, with secrets masked in its error, in the form for agents if it is for one. */
function toOutput(json: IDataObject, { isTool, secrets = [] }: RunState): IDataObject {
	const masked = isRecord(json.error)
		? { ...json, error: maskIn(json.error, secrets) as IDataObject }
		: json;
	return isTool ? toToolOutput(masked) : masked;
}

function withPaidCost(error: unknown, { paidCost: cost }: ItemProgress): unknown {
	return error instanceof ApiError && cost ? new ApiError({ ...error.info, cost }) : error;
}

/**
 * When n8n can't prepare an item (a broken expression) and the node stops on errors, n8n ends the run
 * but not the items it has started. Then some items are missing, and nothing must be sent, since its
 * result would be dropped. With 'Batching' in 'Request Options', items arrive over time, so a missing
 * one can't be noticed.
 */
function isRunActive(engine: IExecutePaginationFunctions, state: RunState): boolean {
	return (
		!state.preparesAllFirst || state.prepared.size === state.itemCount || engine.continueOnFail()
	);
}

function getRunSettings(engine: IExecutePaginationFunctions, getOptions: GetOptions): RunSettings {
	return {
		itemsInParallel: getItemsInParallel(engine, getOptions),
		preparesAllFirst: engine.getNodeParameter('requestOptions.batching', null) === null,
		hasRequestTimeout: engine.getNodeParameter('requestOptions.timeout', null) !== null,
	};
}

/** Taken from the first item; if its options are invalid, that item fails later. */
function getItemsInParallel(engine: IExecutePaginationFunctions, getOptions: GetOptions): number {
	try {
		return getOptions(engine).itemsInParallel ?? DEFAULT_ITEMS_IN_PARALLEL;
	} catch {
		return DEFAULT_ITEMS_IN_PARALLEL;
	}
}

const isCancelled = (engine: IExecutePaginationFunctions): boolean =>
	engine.getExecutionCancelSignal()?.aborted === true;

/**
 * The prepared request with the credential's host. The routing has a fixed host: n8n would evaluate an
 * expression there twice per item while blocking the event loop, so the credential is read here, once
 * per run.
 */
async function withCredentialHost(
	engine: IExecutePaginationFunctions,
	prepared: PreparedRequest,
	state: RunState,
): Promise<PreparedRequest> {
	const baseURL = await (state.host ??= getHost(engine, state));
	const { allowedDomains } = prepared;
	return {
		...prepared,
		baseURL,
		// Like n8n does for a host in the routing: the credential's own host is always allowed.
		...(allowedDomains && { allowedDomains: `${new URL(baseURL).hostname}, ${allowedDomains}` }),
	};
}

async function getHost(engine: IExecutePaginationFunctions, state: RunState): Promise<string> {
	const credential = await engine.getCredentials<{ apiKey: string; url: string }>('aimlApi');
	const { url } = credential;
	state.secrets = secretsOf(credential);
	return normalizeHost(url);
}

/**
 * The chosen model and its 'Fallback Models', if the operation has them; a single empty ID for an
 * operation without a model.
 */
function getModels(
	engine: IExecutePaginationFunctions,
	operation: Operation,
	options: RunOptions,
): string[] {
	if (!operation.modelForm && !operation.isModelFixed) return [''];
	const chosen = engine.getNodeParameter('model', '', { extractValue: true });
	return [parseModelId(chosen), ...(operation.isModelFixed ? [] : (options.fallbackModels ?? []))];
}
