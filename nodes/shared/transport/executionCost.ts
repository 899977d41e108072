import { isRecord, tryParse } from '../json';
import { ApiError } from '../errors/ApiError';
import type { Cost, Usage } from './usage';

/** The part of n8n's context that gives access to the custom data of an execution. */
export interface ExecutionContext {
	getNode(): { name: string };
	getWorkflowDataProxy(itemIndex: number): { $execution?: { customData?: CustomData } };
}

interface CustomData {
	get(key: string): string | undefined;
	set(key: string, value: string): void;
}

/** A paid call as it is counted. */
export interface CountedCall {
	usage?: Usage;
	/** As reported by the API. */
	cost?: Cost;
	/** US dollars by the catalog's prices, if the API reports no cost. */
	estimatedUsd?: number;
	/** Set for a call that started a job, whose cost is known when the job ends. */
	jobId?: string;
}

/**
 * The total cost of an execution's paid calls, over all nodes of the package. It is stored only in the
 * execution's custom data, which n8n passes to every process that continues the execution: after a
 * wait, on a worker or after an approval.
 */
export class ExecutionCost {
	private readonly data: CustomData | undefined;
	private readonly node: string;
	/** Open jobs of this run that don't fit into the custom data. */
	private readonly unlisted: string[] = [];

	constructor(context: ExecutionContext, itemIndex: number) {
		this.node = context.getNode().name;
		this.data = findCustomData(context, itemIndex);
	}

	/** US dollars so far, estimates included. */
	get spentUsd(): number {
		return this.getNumber(KEYS.usd);
	}

	/**
	 * Checks the total against 'Execution Cost Limit', before each paid call of any node.
	 *
	 * @param limit in US dollars; 0 for none
	 * @throws ApiError when the limit is reached, or n8n doesn't store the total
	 */
	check(limit = 0): void {
		if (limit <= 0) return;
		if (!this.data || this.isFull()) throw new ApiError(NOT_KEPT);
		const { spentUsd } = this;
		if (spentUsd < limit) return;
		const unknown = this.getNumber(KEYS.unpriced);
		const more = unknown ? `, and ${count(unknown, 'call')} of unknown cost` : '';
		throw new ApiError({
			kind: 'costLimit',
			message: `The cost limit of $${toText(limit)} for this execution is reached: $${toText(spentUsd)} has been spent on ${this.describeNodes()}${more}`,
			description:
				"The request was not sent. Raise 'Execution Cost Limit' in 'Options', or run the rest another time.",
		});
	}

	/** Adds an answered call. A call of unknown cost is counted as such, not as free. */
	add({ usage, cost, estimatedUsd, jobId }: CountedCall): void {
		const usd = usdOf({ cost, estimatedUsd });
		const tokens = usage?.totalTokens ?? (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
		this.addTo(KEYS.calls, 1);
		this.addTo(KEYS.tokens, tokens);
		if (usd === undefined) this.addTo(KEYS.unpriced, 1);
		if (jobId !== undefined) this.openJob(toMark(jobId));
		this.addUsd(usd, this.node, 1, cost === undefined);
	}

	/**
	 * Adds the cost of a finished job to the node that started it. Ignores jobs that this execution didn't
	 * start, and those whose cost was added already.
	 */
	settle(jobId: string, { cost, estimatedUsd }: CountedCall): void {
		const usd = usdOf({ cost, estimatedUsd });
		const starter = usd === undefined ? undefined : this.closeJob(toMark(jobId));
		if (starter === undefined) return;
		this.addTo(KEYS.unpriced, -1);
		this.addUsd(usd, starter, 0, cost === undefined);
	}

	private openJob(mark: string): void {
		const { jobs, node } = this;
		const text = JSON.stringify({ ...jobs, [node]: [...(jobs[node] ?? []), mark] });
		if (text.length <= MAX_LENGTH) this.data?.set(KEYS.jobs, text);
		else this.unlisted.push(mark);
	}

	/** @returns the node that started the job; `undefined` for a job that is not open */
	private closeJob(mark: string): string | undefined {
		if (remove(this.unlisted, mark)) return this.node;
		const { jobs } = this;
		const starter = Object.keys(jobs).find((node) => remove(jobs[node], mark));
		if (starter !== undefined) this.data?.set(KEYS.jobs, JSON.stringify(jobs));
		return starter;
	}

	private addUsd(usd: number | undefined, node: string, calls: number, isEstimated: boolean): void {
		if (usd === undefined && !this.spentUsd) this.data?.set(KEYS.usd, UNKNOWN);
		if (usd !== undefined) this.addTo(KEYS.usd, usd);
		if (usd && isEstimated) this.addTo(KEYS.estimated, usd);
		this.data?.set(KEYS.nodes, JSON.stringify(joinNodes(this.nodes, node, usd ?? 0, calls)));
	}

	private addTo(key: string, amount: number): void {
		this.data?.set(key, toText(this.getNumber(key) + amount));
	}

	private getNumber(key: string): number {
		return Number(this.data?.get(key) ?? 0) || 0;
	}

	/** n8n stores ten entries of custom data and silently drops any more. */
	private isFull(): boolean {
		if (this.data?.get(KEYS.usd) !== undefined) return false;
		this.data?.set(KEYS.usd, toText(0));
		return this.data?.get(KEYS.usd) === undefined;
	}

	private get nodes(): NodeCosts {
		return this.getRecord(KEYS.nodes);
	}

	private get jobs(): OpenJobs {
		return this.getRecord(KEYS.jobs);
	}

	private getRecord<T>(key: string): Record<string, T> {
		const parsed = tryParse(this.data?.get(key) ?? '');
		return isRecord(parsed) ? (parsed as Record<string, T>) : {};
	}

	private describeNodes(): string {
		const nodes = Object.entries(this.nodes).sort(([, [one]], [, [other]]) => other - one);
		return nodes
			.map(([name, [usd, calls]]) => `'${name}' $${toText(usd)} in ${count(calls, 'call')}`)
			.join(', ');
	}
}

/** Never negative, which would raise the limit. */
function usdOf({ cost, estimatedUsd }: CountedCall): number | undefined {
	const usd = cost?.usd ?? estimatedUsd;
	return usd && Math.max(0, usd);
}

/** Names in the custom data of an execution. */
const KEYS = {
	usd: 'aimlapi_cost_usd',
	tokens: 'aimlapi_tokens',
	calls: 'aimlapi_calls',
	/** The estimated part of the cost; absent if there is none. */
	estimated: 'aimlapi_estimated_usd',
	/** Calls of unknown cost; absent if there are none. */
	unpriced: 'aimlapi_calls_without_cost',
	/** US dollars and calls of each node, in JSON. */
	nodes: 'aimlapi_cost_by_node',
	/** Jobs whose cost isn't known yet, by the node that started them, in JSON. */
	jobs: 'aimlapi_open_jobs',
} as const;

/** The total as long as no call's cost is known. */
const UNKNOWN = 'unknown';

const NOT_KEPT = {
	kind: 'costLimit',
	message: "'Execution Cost Limit' can't be checked: n8n doesn't keep the cost of this execution",
	description:
		"The request was not sent. The cost is kept in the execution's custom data, which has room for ten entries: remove some, or clear the limit.",
} as const;

/** US dollars and number of calls, by the name of the node. */
type NodeCosts = Record<string, [usd: number, calls: number]>;

/** Marks of jobs by the name of the node. */
type OpenJobs = Record<string, string[]>;

const MARK_LENGTH = 5;

/** Shortens the ID of a job to its FNV-1a hash, so that about thirty fit into an entry. */
function toMark(jobId: string): string {
	const hash = [...jobId].reduce(
		(sum, character) => Math.imul(sum ^ character.codePointAt(0)!, 0x01000193),
		0x811c9dc5,
	);
	return (hash >>> 0).toString(36).padStart(MARK_LENGTH, '0').slice(-MARK_LENGTH);
}

/** @returns whether the mark was in the list */
function remove(marks: string[], mark: string): boolean {
	const index = marks.indexOf(mark);
	if (index >= 0) marks.splice(index, 1);
	return index >= 0;
}

/** The length of a value that n8n stores without a warning in its log. */
const MAX_LENGTH = 255;
const OTHERS = 'other nodes';

/** Adds a cost to a node. If the list gets too long, the cheapest nodes are merged into one entry. */
function joinNodes(costs: NodeCosts, node: string, usd: number, calls: number): NodeCosts {
	const name = node.slice(0, MAX_NAME_LENGTH);
	const added = { ...costs, [name]: plus(costs[name], [usd, calls]) };
	if (JSON.stringify(added).length <= MAX_LENGTH) return added;
	const [[cheapest, [cheapUsd, cheapCalls]]] = Object.entries(added)
		.filter(([other]) => other !== OTHERS)
		.sort(([, [one]], [, [other]]) => one - other);
	const kept = Object.fromEntries(Object.entries(added).filter(([other]) => other !== cheapest));
	return joinNodes(kept, OTHERS, cheapUsd, cheapCalls);
}

const MAX_NAME_LENGTH = 60;

const plus = (
	[usd, calls]: [number, number] = [0, 0],
	[moreUsd, moreCalls]: [number, number],
): [number, number] => [round(usd + moreUsd), calls + moreCalls];

/** Removes binary rounding errors; the API's smallest amount, a credit, is $0.0000005. */
const round = (figure: number): number => Number(figure.toFixed(9));

/** Without an exponent, which n8n's filters don't understand, and without trailing zeros. */
const toText = (figure: number): string => DECIMAL.format(figure);

const DECIMAL = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 9 });

const count = (number: number, noun: string): string =>
	`${number} ${noun}${number === 1 ? '' : 's'}`;

/** @returns `undefined` if n8n is too old to have it, or there is no execution */
function findCustomData(context: ExecutionContext, itemIndex: number): CustomData | undefined {
	try {
		return context.getWorkflowDataProxy(itemIndex).$execution?.customData;
	} catch {
		return undefined;
	}
}
