import type { IExecuteData, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { limiterOf } from '../../shared/transport/limiters';
import type { ExecutionCost } from '../../shared/transport/executionCost';
import type { RequestQueue } from '../../shared/transport/rateLimiter';
import { EventLoopYielder, FirstAlone, Semaphore, type Places } from './concurrency';
import { ItemProgress } from './itemProgress';
import { RequestBatcher } from './requestBatcher';

/** What the items of one run of a node share. */
export interface RunState {
	/** Whether the node runs as an agent's tool. */
	readonly isTool: boolean;
	/** Items of the run; each reaches the policy once per try. */
	readonly itemCount: number;
	/** Whether n8n prepares all items before the first one runs. */
	readonly preparesAllFirst: boolean;
	/** Whether the user set 'Timeout' under 'Request Options'; otherwise n8n fills in its default. */
	readonly hasRequestTimeout: boolean;
	/** Bound how many items are processed at once. */
	readonly places: Places;
	/** Items that begin alike: the first fills the provider's cache for the others. */
	readonly firstAlone: FirstAlone;
	/** Paces items that share requests, which can't wait for a place. */
	readonly yielder: EventLoopYielder;
	/** The run's queue at the rate limiter of its credential. */
	readonly requests: RequestQueue;
	/** The credential's host, read for the first item. */
	host?: Promise<string>;
	/** The credential's key and password, which no error may contain. */
	secrets?: readonly string[];
	/** Which try of the run this is, from 0. */
	attempt: number;
	/** Joins items that share requests; a new one for each try. */
	batcher: RequestBatcher;
	/** Items that n8n has prepared in the current try. */
	readonly prepared: Set<number>;
	/** Output of finished items, reused by 'Retry On Fail' instead of paying again. */
	readonly finished: Map<number, INodeExecutionData[]>;
	/** What unfinished items have started or received, where 'Retry On Fail' continues. */
	readonly progress: Map<number, ItemProgress>;
	/** Items that have sent a request which may be charged, and are not done. */
	readonly inProgress: Set<number>;
	/** Whether an item failed and the node stops, so nothing more is sent. */
	stopped: boolean;
	readonly costTracker: CostTracker;
	/** What all nodes of the package have spent in the execution. */
	executionCost?: ExecutionCost;
}

export interface CostTracker {
	/** Cost of the run so far in US dollars, as far as the API reported it. */
	spentUsd: number;
}

/** Thrown for items that aren't sent because an earlier one stopped the node. */
export class RunStopped extends Error {}

/**
 * n8n passes the same object to every item of a run, also when 'Retry On Fail' runs the node again, and
 * a new one for each run of a loop. So it identifies the run, and the WeakMap frees the state with it.
 */
const states = new WeakMap<IExecuteData, RunState>();

/** The same for tools, by name: agents before version 3 pass their own run to their tools. */
const statesOfTools = new WeakMap<IExecuteData, Map<string, RunState>>();

/** Settings of a run, taken from its first item. */
export interface RunSettings {
	/** Max items processed at once. */
	itemsInParallel: number;
	preparesAllFirst: boolean;
	hasRequestTimeout: boolean;
}

/**
 * The state of the run that an item belongs to.
 *
 * @param getSettings called once per run, for the first item, since reading options is slow
 */
export function getRunState(
	engine: IExecutePaginationFunctions,
	getSettings: () => RunSettings,
): RunState {
	const executeData = engine.getExecuteData();
	const known = states.get(executeData);
	if (known) return known;
	const { name } = engine.getNode();
	if (executeData.node.name !== name) return getToolCallState(executeData, name, getSettings);
	const state = createRunState(executeData, getSettings());
	states.set(executeData, state);
	return state;
}

/**
 * Each tool call is an item of its own, although n8n passes all of them the same run and index. They
 * share the limits of the run and nothing else.
 */
function getToolCallState(
	executeData: IExecuteData,
	tool: string,
	getSettings: () => RunSettings,
): RunState {
	const ofTools = statesOfTools.get(executeData) ?? new Map<string, RunState>();
	statesOfTools.set(executeData, ofTools);
	const shared = ofTools.get(tool) ?? createRunState(executeData, getSettings());
	ofTools.set(tool, shared);
	return {
		...shared,
		...emptyItems(),
		isTool: true,
		itemCount: 1,
		preparesAllFirst: true,
	};
}

function createRunState(
	executeData: IExecuteData,
	{ itemsInParallel, preparesAllFirst, hasRequestTimeout }: RunSettings,
): RunState {
	return {
		// n8n adds this suffix to the type of a node used as a tool.
		isTool: executeData.node.type.endsWith('Tool'),
		itemCount: countItems(executeData),
		preparesAllFirst,
		hasRequestTimeout,
		places: {
			preparing: new Semaphore(itemsInParallel),
			processing: new Semaphore(itemsInParallel),
		},
		firstAlone: new FirstAlone(),
		yielder: new EventLoopYielder(),
		requests: limiterOf(executeData.node).openQueue(itemsInParallel),
		costTracker: { spentUsd: 0 },
		...emptyItems(),
	};
}

function emptyItems(): Pick<
	RunState,
	'attempt' | 'batcher' | 'prepared' | 'finished' | 'progress' | 'inProgress' | 'stopped'
> {
	const prepared = new Set<number>();
	return {
		attempt: 0,
		batcher: new RequestBatcher(() => prepared.size),
		prepared,
		finished: new Map(),
		progress: new Map(),
		inProgress: new Set(),
		stopped: false,
	};
}

/** The items of the first connected input; with 'Execute Once' n8n takes only the first of them. */
function countItems({ node, data }: IExecuteData): number {
	const [items] = Object.values(data)[0] ?? [];
	return node.executeOnce ? 1 : (items?.length ?? 1);
}

/** Marks an item as prepared. If it already was, n8n is running the node again. */
export function markPrepared(state: RunState, itemIndex: number): void {
	if (state.prepared.has(itemIndex)) {
		state.attempt++;
		state.prepared.clear();
		state.batcher = new RequestBatcher(() => state.prepared.size);
		state.host = undefined;
		state.stopped = false;
	}
	state.prepared.add(itemIndex);
}

/** The progress of an item over the tries of this run. */
export function getProgress(state: RunState, itemIndex: number): ItemProgress {
	const known = state.progress.get(itemIndex) ?? new ItemProgress();
	state.progress.set(itemIndex, known);
	return known;
}
