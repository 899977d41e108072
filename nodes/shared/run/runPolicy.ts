import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { CallFailure } from './fault';
import { InputError } from './InputError';
import { itemCall, type PreparedRequest } from './itemCall';
import { toFailedItem, toNodeError } from './nodeError';
import type { Fallback, Operation } from './operation';
import { mayFallBack } from './retry';
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

	/** Asks one model after the other, until one answers or none is left that may be asked. */
	const ask = async (
		[model, ...others]: string[],
		fallback?: Fallback,
	): Promise<INodeExecutionData[]> => {
		place.model = model;
		const call = itemCall(engine, prepared, operation, state, { model, fallback });
		return await operation.perform(call).catch(async (error: unknown) => {
			const next = reasonToFallBack(error, operation);
			if (!others.length || next === undefined || isCancelled(engine)) throw error;
			return await ask(others, { insteadOf: fallback?.insteadOf ?? model, reason: next });
		});
	};
	const perform = async () => {
		checkCostLimit(engine, state);
		if (!operation.modelForm) return await ask(['']);
		return await ask([readModel(engine), ...readFallbackModels(engine)]);
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

function reasonToFallBack(
	error: unknown,
	{ startsPaidJob = false }: Operation,
): string | undefined {
	if (!(error instanceof CallFailure)) return undefined;
	return mayFallBack(error.fault, { startsPaidJob }) ? error.fault.message : undefined;
}

function readModel(engine: IExecutePaginationFunctions): string {
	const model = engine.getNodeParameter('model', '', { extractValue: true });
	if (typeof model === 'string' && model.trim()) return model.trim();
	throw new InputError(
		"'Model' is empty",
		'Choose a model from the list or enter its ID. If it is an expression, check that the field it reads exists on this item.',
	);
}

/** A list of IDs, or by expression also a text with commas between them. */
function readFallbackModels(engine: IExecutePaginationFunctions): string[] {
	const value = engine.getNodeParameter('options.fallbackModels', []) as unknown;
	const ids = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return ids.map((id) => id.trim()).filter(Boolean);
}

/** Checked before an item is sent, so a run may exceed the limit by what is under way then. */
function checkCostLimit(engine: IExecutePaginationFunctions, { spent }: RunState): void {
	const limit = Number(engine.getNodeParameter('options.costLimit', 0));
	if (!(limit > 0) || spent < limit) return;
	throw new CallFailure({
		kind: 'costLimit',
		message: `The cost limit of $${limit} for this run is reached: $${Number(spent.toPrecision(6))} is spent`,
		description:
			"This item was not sent. Raise 'Cost Limit' in 'Options', or run the remaining items another time.",
	});
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
