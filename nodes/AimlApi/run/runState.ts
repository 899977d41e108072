import type { IExecuteData, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { limiterOf } from '../../shared/transport/limiters';
import type { ExecutionCost } from '../../shared/transport/executionCost';
import type { RequestQueue } from '../../shared/transport/rateLimiter';
import { EventLoopYielder, Semaphore } from './concurrency';
import { ItemProgress } from './itemProgress';
import { RequestBatcher } from './requestBatcher';

/** What the items of one run of a node share. */
export interface RunState {
	/** Whether what comes out is read by an agent's model. */
	readonly isTool: boolean;
	/** How many items the run has; each arrives at the policy once per try. */
	readonly itemCount: number;
	/** Whether n8n hands over all items before the first of them gets to run. */
	readonly preparesAllFirst: boolean;
	/** Whether the user set a time-out under 'Request Options'; n8n fills it in otherwise. */
	readonly hasRequestTimeout: boolean;
	/** Items whose turn it is: bounds how many are prepared, sent and read at once. */
	readonly semaphore: Semaphore;
	/** Paces the preparation of items that share requests and so cannot wait in the queue. */
	readonly yielder: EventLoopYielder;
	/** Their requests, at the rate limiter of the credential. */
	readonly requests: RequestQueue;
	/** The API's address by the credential, read when the first item is sent. */
	host?: Promise<string>;
	/** What no error may repeat: the credential's key and the like. */
	secrets?: readonly string[];
	/** Joins items that share requests; a new one for each try. */
	batcher: RequestBatcher;
	/** Items that arrived in the present try. */
	readonly prepared: Set<number>;
	/** What finished items returned; another try of the node reuses it instead of paying again. */
	readonly finished: Map<number, INodeExecutionData[]>;
	/** What unfinished items have started or got; another try of the node goes on from there. */
	readonly progress: Map<number, ItemProgress>;
	/** An item failed and the node stops for it, so that nothing more is worth sending. */
	stopped: boolean;
	readonly costTracker: CostTracker;
	/** What all nodes of the package have spent in the execution. */
	executionCost?: ExecutionCost;
}

export interface CostTracker {
	/** US dollars that the run's calls cost so far, as far as the API told. */
	spentUsd: number;
}

/** An item was not sent, since another failed and the node stops for it. */
export class RunStopped extends Error {}

/**
 * n8n hands the same object to every item of a run, again when 'Retry On Fail' runs the node another
 * time, and a fresh one for each run of a loop. So it tells runs apart, and what is kept for it goes
 * when n8n lets it go.
 */
const states = new WeakMap<IExecuteData, RunState>();

/** The same for tools, by name: agents before version 3 hand theirs the run of their own. */
const statesOfTools = new WeakMap<IExecuteData, Map<string, RunState>>();

/** How a run goes, by the fields of its first item. */
export interface RunSettings {
	/** How many items are under way at most. */
	itemsInParallel: number;
	preparesAllFirst: boolean;
	hasRequestTimeout: boolean;
}

/**
 * The state of the run that an item belongs to.
 *
 * @param readRules called for the first item only: what every item pays is paid thousands of times
 */
export function getRunState(
	engine: IExecutePaginationFunctions,
	readRules: () => RunSettings,
): RunState {
	const executeData = engine.getExecuteData();
	const known = states.get(executeData);
	if (known) return known;
	const { name } = engine.getNode();
	if (executeData.node.name !== name) return getToolCallState(executeData, name, readRules);
	const state = createRunState(executeData, readRules());
	states.set(executeData, state);
	return state;
}

/**
 * Each call of a tool is an item of its own, although n8n hands all of them the same run and index.
 * They share what bounds the run and nothing else.
 */
function getToolCallState(
	executeData: IExecuteData,
	tool: string,
	readRules: () => RunSettings,
): RunState {
	const ofTools = statesOfTools.get(executeData) ?? new Map<string, RunState>();
	statesOfTools.set(executeData, ofTools);
	const shared = ofTools.get(tool) ?? createRunState(executeData, readRules());
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
		// n8n names the type of a node that an agent uses so; the node is the same.
		isTool: executeData.node.type.endsWith('Tool'),
		itemCount: countItems(executeData),
		preparesAllFirst,
		hasRequestTimeout,
		semaphore: new Semaphore(itemsInParallel),
		yielder: new EventLoopYielder(),
		requests: limiterOf(executeData.node).openQueue(itemsInParallel),
		costTracker: { spentUsd: 0 },
		...emptyItems(),
	};
}

function emptyItems(): Pick<
	RunState,
	'batcher' | 'prepared' | 'finished' | 'progress' | 'stopped'
> {
	const prepared = new Set<number>();
	return {
		batcher: new RequestBatcher(() => prepared.size),
		prepared,
		finished: new Map(),
		progress: new Map(),
		stopped: false,
	};
}

/** The items of the first connected input; with 'Execute Once' n8n takes only the first of them. */
function countItems({ node, data }: IExecuteData): number {
	const [items] = Object.values(data)[0] ?? [];
	return node.executeOnce ? 1 : (items?.length ?? 1);
}

/** Notes an item's arrival. One that is here already shows that n8n runs the node another time. */
export function markPrepared(state: RunState, itemIndex: number): void {
	if (state.prepared.has(itemIndex)) {
		state.prepared.clear();
		state.batcher = new RequestBatcher(() => state.prepared.size);
		state.host = undefined;
		state.stopped = false;
	}
	state.prepared.add(itemIndex);
}

/** How far an item has come in the tries of this run. */
export function getProgress(state: RunState, itemIndex: number): ItemProgress {
	const known = state.progress.get(itemIndex) ?? new ItemProgress();
	state.progress.set(itemIndex, known);
	return known;
}
