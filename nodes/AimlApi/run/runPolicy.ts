import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { ApiError } from '../../shared/errors/ApiError';
import { toFailedItem, toNodeError } from '../../shared/errors/nodeError';
import { normalizeHost } from '../../shared/transport/client';
import { parseFallbackModels, parseModelId, withFallback } from '../../shared/transport/fallback';
import { readOptions, type RunOptions } from '../../shared/transport/options';
import { createItemContext, type PreparedRequest } from './itemContext';
import type { Operation } from './operation';
import {
	getRunState,
	markPrepared,
	RunStopped,
	type CostTracker,
	type RunSettings,
	type RunState,
} from './runState';
import { toToolOutput } from './toolOutput';

const DEFAULT_ITEMS_IN_PARALLEL = 10;

/**
 * The one run policy, for use as `requestOperations.pagination` of an operation's routing: that is
 * the only place in a declarative node that stands around the request of an item.
 *
 * n8n starts all items at once. Here they wait for their turn, at most 'Items in Parallel' at a
 * time; their order is kept by n8n. Every item that comes out is linked to the one that went in.
 */
export function withRunPolicy(operation: Operation) {
	return async function (
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const state = getRunState(this, () => getRunSettings(this));
		markPrepared(state, this.getItemIndex());
		// n8n has prepared all items before the first of them gets beyond this line.
		await Promise.resolve();
		if (!isRunActive(this, state)) return [];
		const item = async () => await executeItem(this, operation, options as PreparedRequest, state);
		if (!operation.batchesItems) return await state.semaphore.run(item);
		await state.yielder.next();
		return await item();
	};
}

/** One item to its end: its items, the item that stands for its error, or n8n's error thrown. */
async function executeItem(
	engine: IExecutePaginationFunctions,
	operation: Operation,
	prepared: PreparedRequest,
	state: RunState,
): Promise<INodeExecutionData[]> {
	const itemIndex = engine.getItemIndex();
	const finished = state.finished.get(itemIndex);
	if (finished || state.stopped || isCancelled(engine)) {
		state.batcher.skip(itemIndex);
		return finished ?? [];
	}

	let model = '';
	const place = () => ({ node: engine.getNode(), itemIndex, model });
	const perform = async () => {
		const options = readOptions(engine);
		checkCostLimit(options, state.costTracker);
		const models = getModels(engine, operation, options);
		const { startsPaidJob = false } = operation;
		const request = await withCredentialHost(engine, prepared, state);
		return await withFallback(models, { startsPaidJob }, async (asked) => {
			model = asked.model;
			const context = createItemContext({
				engine,
				prepared: request,
				operation,
				state,
				options,
				...asked,
			});
			return await operation.execute(context);
		});
	};
	const outcome = perform().then(
		(items) => {
			const linked = items.map((item) => ({
				pairedItem: { item: itemIndex },
				...item,
				...(state.isTool && { json: toToolOutput(item.json) }),
			}));
			state.finished.set(itemIndex, linked);
			return linked;
		},
		(error: unknown) => {
			if (isCancelled(engine) || error instanceof RunStopped) return [];
			// An agent that runs its tools itself keeps their errors from its model.
			if (engine.continueOnFail() || state.isInAgentRun) return [toFailedItem(error, place())];
			state.stopped = true;
			throw toNodeError(error, place());
		},
	);
	return await outcome.finally(() => state.batcher.skip(itemIndex));
}

/** Checked before an item is sent, so a run may exceed the limit by what is under way then. */
function checkCostLimit({ costLimit }: RunOptions, { spentUsd }: CostTracker): void {
	const limit = Number(costLimit ?? 0);
	if (!(limit > 0) || spentUsd < limit) return;
	throw new ApiError({
		kind: 'costLimit',
		message: `The cost limit of $${limit} for this run is reached: $${Number(spentUsd.toPrecision(6))} is spent`,
		description:
			"This item was not sent. Raise 'Cost Limit' in 'Options', or run the remaining items another time.",
	});
}

/**
 * When n8n cannot prepare an item (a broken expression) and the node stops for errors, it gives up the
 * run but not the items it has started. Then fewer have arrived than the run has, and nothing must be
 * sent: its result would be dropped. With 'Batching' in 'Request Options' items arrive over time, so
 * there it cannot be told.
 */
function isRunActive(engine: IExecutePaginationFunctions, state: RunState): boolean {
	return (
		!state.preparesAllFirst || state.prepared.size === state.itemCount || engine.continueOnFail()
	);
}

function getRunSettings(engine: IExecutePaginationFunctions): RunSettings {
	const { itemsInParallel } = readOptions(engine);
	const cap = Math.floor(Number(itemsInParallel));
	return {
		itemsInParallel: cap >= 1 ? cap : DEFAULT_ITEMS_IN_PARALLEL,
		preparesAllFirst: engine.getNodeParameter('requestOptions.batching', null) === null,
	};
}

const isCancelled = (engine: IExecutePaginationFunctions): boolean =>
	engine.getExecutionCancelSignal()?.aborted === true;

/**
 * The request that the node's routing prepared, at the host that the credential names. The routing
 * itself knows the API's own host only: n8n evaluates an expression there twice for every item while
 * nothing else can run, so for thousands of items the credential is read here, once for all.
 */
async function withCredentialHost(
	engine: IExecutePaginationFunctions,
	prepared: PreparedRequest,
	state: RunState,
): Promise<PreparedRequest> {
	const baseURL = await (state.host ??= getHost(engine));
	const { allowedDomains } = prepared;
	return {
		...prepared,
		baseURL,
		// As n8n does it for a host in the routing: the credential's own joins those it allows.
		...(allowedDomains && { allowedDomains: `${new URL(baseURL).hostname}, ${allowedDomains}` }),
	};
}

async function getHost(engine: IExecutePaginationFunctions): Promise<string> {
	const { url } = await engine.getCredentials<{ url: string }>('aimlApi');
	return normalizeHost(url);
}

/**
 * The chosen model and, where another may stand in for it, those of 'Fallback Models'; one empty id
 * for an operation without models.
 */
function getModels(
	engine: IExecutePaginationFunctions,
	operation: Operation,
	options: RunOptions,
): string[] {
	if (!operation.modelForm && !operation.isModelFixed) return [''];
	const chosen = engine.getNodeParameter('model', '', { extractValue: true });
	return [parseModelId(chosen), ...(operation.isModelFixed ? [] : parseFallbackModels(options))];
}
