import type { IExecuteData, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { Throttle } from '../../shared/transport/rateLimiter';
import { Groups, Queue } from './concurrency';
import { Batcher } from './requestBatcher';

/** What the items of one run of a node share. */
export interface RunState {
	/** Whether what comes out is read by an agent's model. */
	readonly isTool: boolean;
	/** Whether n8n hands this call of a tool the run of its agent, and not one of its own. */
	readonly isInAgentsRun: boolean;
	/** How many items the run has; each arrives at the policy once per try. */
	readonly total: number;
	/** Whether n8n hands over all items before the first of them gets to run. */
	readonly arrivesAtOnce: boolean;
	/** Items whose turn it is: bounds how many are prepared, sent and read at once. */
	readonly queue: Queue;
	/** Paces the preparation of items that share requests and so cannot wait in the queue. */
	readonly groups: Groups;
	/** How fast their requests go out. */
	readonly throttle: Throttle;
	/** The API's address by the credential, read when the first item is sent. */
	host?: Promise<string>;
	/** Joins items that share requests; a new one for each try. */
	batcher: Batcher;
	/** Items that arrived in the present try. */
	readonly arrived: Set<number>;
	/** What finished items returned; another try of the node reuses it instead of paying again. */
	readonly finished: Map<number, INodeExecutionData[]>;
	/** An item failed and the node stops for it, so that nothing more is worth sending. */
	stopped: boolean;
	readonly purse: Purse;
}

export interface Purse {
	/** US dollars that the run's calls cost so far, as far as the API told. */
	spent: number;
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
export interface RunRules {
	/** How many items are under way at most. */
	cap: number;
	arrivesAtOnce: boolean;
}

/**
 * The state of the run that an item belongs to.
 *
 * @param readRules called for the first item only: what every item pays is paid thousands of times
 */
export function stateOfRun(
	engine: IExecutePaginationFunctions,
	readRules: () => RunRules,
): RunState {
	const executeData = engine.getExecuteData();
	const known = states.get(executeData);
	if (known) return known;
	const { name } = engine.getNode();
	if (executeData.node.name !== name) return stateOfToolCall(executeData, name, readRules);
	const state = newState(executeData, readRules());
	states.set(executeData, state);
	return state;
}

/**
 * Each call of a tool is an item of its own, although n8n hands all of them the same run and index.
 * They share what bounds the run and nothing else.
 */
function stateOfToolCall(
	executeData: IExecuteData,
	tool: string,
	readRules: () => RunRules,
): RunState {
	const ofTools = statesOfTools.get(executeData) ?? new Map<string, RunState>();
	statesOfTools.set(executeData, ofTools);
	const shared = ofTools.get(tool) ?? newState(executeData, readRules());
	ofTools.set(tool, shared);
	return {
		...shared,
		...noItems(),
		isTool: true,
		isInAgentsRun: true,
		total: 1,
		arrivesAtOnce: true,
	};
}

function newState(executeData: IExecuteData, { cap, arrivesAtOnce }: RunRules): RunState {
	return {
		// n8n names the type of a node that an agent uses so; the node is the same.
		isTool: executeData.node.type.endsWith('Tool'),
		isInAgentsRun: false,
		total: countItems(executeData),
		arrivesAtOnce,
		queue: new Queue(cap),
		groups: new Groups(),
		throttle: new Throttle(cap),
		purse: { spent: 0 },
		...noItems(),
	};
}

function noItems(): Pick<RunState, 'batcher' | 'arrived' | 'finished' | 'stopped'> {
	const arrived = new Set<number>();
	return {
		batcher: new Batcher(() => arrived.size),
		arrived,
		finished: new Map(),
		stopped: false,
	};
}

/** The items of the first connected input; with 'Execute Once' n8n takes only the first of them. */
function countItems({ node, data }: IExecuteData): number {
	const [items] = Object.values(data)[0] ?? [];
	return node.executeOnce ? 1 : (items?.length ?? 1);
}

/** Notes an item's arrival. One that is here already shows that n8n runs the node another time. */
export function noteArrival(state: RunState, itemIndex: number): void {
	if (state.arrived.has(itemIndex)) {
		state.arrived.clear();
		state.batcher = new Batcher(() => state.arrived.size);
		state.host = undefined;
		state.stopped = false;
	}
	state.arrived.add(itemIndex);
}
