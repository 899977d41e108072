import { isRecord, tryParse } from '../json';
import { ApiError } from '../errors/ApiError';
import type { Cost, Usage } from './usage';

/** What of n8n's context leads to the custom data of an execution. */
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
	/** As the API tells it. */
	cost?: Cost;
	/** US dollars by the catalog's prices, where the API tells no cost. */
	estimatedUsd?: number;
	/** Of a call that started a job, which tells its cost when it ends. */
	jobId?: string;
}

/**
 * What the paid calls of an execution come to, over all nodes of the package. It is kept in the
 * execution's custom data alone, which n8n stores with the execution and hands to every process that
 * goes on with it: so it holds over waits, workers and approvals.
 */
export class ExecutionCost {
	private readonly data: CustomData | undefined;
	private readonly node: string;
	/** Open jobs of this run that the entry has no room for. */
	private readonly unlisted: string[] = [];

	constructor(context: ExecutionContext, itemIndex: number) {
		this.node = context.getNode().name;
		this.data = findCustomData(context, itemIndex);
	}

	/** US dollars so far, estimates included. */
	get spentUsd(): number {
		return this.figure(KEYS.usd);
	}

	/**
	 * Holds what is spent against 'Execution Cost Limit', before each paid call of any node.
	 *
	 * @throws ApiError when the limit is reached, or n8n does not keep the figure
	 */
	check(limit = 0): void {
		if (limit <= 0) return;
		if (!this.data || this.isFull()) throw new ApiError(NOT_KEPT);
		const { spentUsd } = this;
		if (spentUsd < limit) return;
		const unknown = this.figure(KEYS.unpriced);
		const more = unknown ? `, and ${count(unknown, 'call')} of unknown cost` : '';
		throw new ApiError({
			kind: 'costLimit',
			message: `The cost limit of $${toText(limit)} for this execution is reached: $${toText(spentUsd)} is spent on ${this.describeNodes()}${more}`,
			description:
				"The request was not sent. Raise 'Execution Cost Limit' in 'Options', or run the rest another time.",
		});
	}

	/** Adds an answered call. One without any cost is counted as such, not as free. */
	add({ usage, cost, estimatedUsd, jobId }: CountedCall): void {
		const usd = cost?.usd ?? estimatedUsd;
		const tokens = usage?.totalTokens ?? (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
		this.addTo(KEYS.calls, 1);
		this.addTo(KEYS.tokens, tokens);
		if (usd === undefined) this.addTo(KEYS.unpriced, 1);
		if (jobId !== undefined) this.openJob(toMark(jobId));
		this.addUsd(usd, this.node, 1, cost === undefined);
	}

	/**
	 * Adds what a job cost, which was counted without when it started, to the node that started it. One
	 * that this execution did not start, or whose cost it has, changes nothing.
	 */
	settle(jobId: string, { cost, estimatedUsd }: CountedCall): void {
		const usd = cost?.usd ?? estimatedUsd;
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
		this.data?.set(key, toText(this.figure(key) + amount));
	}

	private figure(key: string): number {
		return Number(this.data?.get(key) ?? 0) || 0;
	}

	/** n8n keeps ten entries and passes over further ones without an error. */
	private isFull(): boolean {
		if (this.data?.get(KEYS.usd) !== undefined) return false;
		this.data?.set(KEYS.usd, toText(0));
		return this.data?.get(KEYS.usd) === undefined;
	}

	private get nodes(): NodeCosts {
		return this.record(KEYS.nodes);
	}

	private get jobs(): OpenJobs {
		return this.record(KEYS.jobs);
	}

	private record<T>(key: string): Record<string, T> {
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

/** Names in the custom data of an execution. */
const KEYS = {
	usd: 'aimlapi_cost_usd',
	tokens: 'aimlapi_tokens',
	calls: 'aimlapi_calls',
	/** The part of the cost that was estimated; absent for none. */
	estimated: 'aimlapi_estimated_usd',
	/** Calls whose cost is in none of the figures; absent until there is one. */
	unpriced: 'aimlapi_calls_without_cost',
	/** US dollars and calls of each node, in JSON. */
	nodes: 'aimlapi_cost_by_node',
	/** Jobs whose cost is still to come, by the node that started them, in JSON. */
	jobs: 'aimlapi_open_jobs',
} as const;

/** The cost as long as that of no call is known. */
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

/** A few characters for the ID of a job, so that an entry holds some thirty: its hash by FNV-1a. */
function toMark(jobId: string): string {
	const hash = [...jobId].reduce(
		(sum, character) => Math.imul(sum ^ character.codePointAt(0)!, 0x01000193),
		0x811c9dc5,
	);
	return (hash >>> 0).toString(36).padStart(MARK_LENGTH, '0').slice(-MARK_LENGTH);
}

/** @returns whether it was in the list */
function remove(marks: string[], mark: string): boolean {
	const index = marks.indexOf(mark);
	if (index >= 0) marks.splice(index, 1);
	return index >= 0;
}

/** Characters that n8n takes for a value without a complaint in its log. */
const MAX_LENGTH = 255;
const OTHERS = 'other nodes';

/** Adds to a node; where the list gets too long, the cheapest are joined. */
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

/** A credit is half a millionth of a dollar; sums of binary fractions are not to drift from it. */
const round = (figure: number): number => Number(figure.toFixed(9));

/** Without an exponent, which n8n's filters do not understand, and without zeros at the end. */
function toText(figure: number): string {
	const digits = figure.toFixed(9);
	let end = digits.length;
	while (digits[end - 1] === '0') end--;
	return digits.slice(0, digits[end - 1] === '.' ? end - 1 : end);
}

const count = (number: number, noun: string): string =>
	`${number} ${noun}${number === 1 ? '' : 's'}`;

/** Absent where n8n is too old to have it, or has no execution. */
function findCustomData(context: ExecutionContext, itemIndex: number): CustomData | undefined {
	try {
		return context.getWorkflowDataProxy(itemIndex).$execution?.customData;
	} catch {
		return undefined;
	}
}
