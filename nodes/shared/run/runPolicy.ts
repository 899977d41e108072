import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { InputError } from './InputError';
import { itemCall, type PreparedRequest } from './itemCall';
import { toFailedItem, toNodeError } from './nodeError';
import type { Operation } from './operation';
import { noteArrival, stateOfRun, type RunState } from './runState';

const DEFAULT_ITEMS_IN_PARALLEL = 10;

/**
 * The one run policy, for use as `requestOperations.pagination` of an operation's routing: that is
 * the only place in a declarative node that stands around the request of an item.
 *
 * n8n starts all items at once. Here they wait for their turn, at most 'Items in Parallel' at a
 * time; their order is kept by n8n. Every item that comes out is linked to the one that went in.
 */
export function underRunPolicy(operation: Operation) {
	return async function (
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const state = stateOfRun(this.getExecuteData(), itemsInParallel(this));
		const itemIndex = this.getItemIndex();
		noteArrival(state, itemIndex);
		if (!(await isRunUnderWay(this, state))) return [];

		return await state.queue.run(async () => {
			const finished = state.finished.get(itemIndex);
			if (finished) return finished;
			if (state.stopped || isCancelled(this)) return [];
			return await performItem(this, operation, options as PreparedRequest, state);
		});
	};
}

async function performItem(
	engine: IExecutePaginationFunctions,
	operation: Operation,
	prepared: PreparedRequest,
	state: RunState,
): Promise<INodeExecutionData[]> {
	const itemIndex = engine.getItemIndex();
	const place = { node: engine.getNode(), itemIndex, model: '' };
	const perform = async () => {
		place.model = readModel(engine);
		return await operation.perform(itemCall(engine, prepared, operation, state, place.model));
	};
	return await perform().then(
		(items) => {
			const linked = items.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
			state.finished.set(itemIndex, linked);
			return linked;
		},
		(error: unknown) => {
			if (isCancelled(engine)) return [];
			if (engine.continueOnFail()) return [toFailedItem(error, place)];
			state.stopped = true;
			throw toNodeError(error, place);
		},
	);
}

function readModel(engine: IExecutePaginationFunctions): string {
	const model = engine.getNodeParameter('model', '', { extractValue: true });
	if (typeof model === 'string' && model.trim()) return model.trim();
	throw new InputError(
		"'Model' is empty",
		'Choose a model from the list or enter its ID. If it is an expression, check that the field it reads exists on this item.',
	);
}

/**
 * n8n prepares all items before the first of them gets to run; when it cannot prepare one (a broken
 * expression) and the node stops for errors, it gives up the run but not the items it has started.
 * Then fewer have arrived than the run has, and nothing must be sent: its result would be dropped.
 * With 'Batching' in 'Request Options' items arrive over time, so there it cannot be told.
 */
async function isRunUnderWay(
	engine: IExecutePaginationFunctions,
	state: RunState,
): Promise<boolean> {
	await Promise.resolve();
	const hasBatching = engine.getNodeParameter('requestOptions.batching', null) !== null;
	return engine.continueOnFail() || hasBatching || state.arrived.size === state.total;
}

function itemsInParallel(engine: IExecutePaginationFunctions): number {
	const value = Number(
		engine.getNodeParameter('options.itemsInParallel', DEFAULT_ITEMS_IN_PARALLEL),
	);
	return value >= 1 ? Math.floor(value) : DEFAULT_ITEMS_IN_PARALLEL;
}

const isCancelled = (engine: IExecutePaginationFunctions): boolean =>
	engine.getExecutionCancelSignal()?.aborted === true;
