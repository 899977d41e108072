import type { FaultAction } from './faults';
import { FILE_ROOT, isFilePath } from './fileStore';
import { CREDITS_PER_USD, type Cost } from '../models/pricing';

/** One call of the API. */
export interface LoggedCall {
	/** Position in the order of arrival, from 0. */
	index: number;
	/** Arrival, in milliseconds since the sandbox started. */
	at: number;
	method: string;
	/** Without the query. */
	path: string;
	/** The `model` of the body, unchanged. */
	model?: string;
	/** HTTP status; 0 while in flight and if the connection ended without a response. */
	status: number;
	/** `x-inference-id` of the response. */
	requestId: string;
	/** `X-Client-Request-Id` of the request, when valid. */
	clientRequestId?: string;
	/** The charge; 0 for free and failed calls. */
	usd: number;
	credits: number;
	/** As the answer tells them. */
	tokens?: { input: number; output: number; total: number };
	/** Calls of the same path in flight on arrival, including this one. */
	inFlight: number;
	/** The client disconnected before the response was complete; the charge stays. */
	aborted?: true;
	/** A download of a result file with an Authorization header. */
	leakedKey?: true;
	/** ID of the job that it started, which is charged here when completed. */
	startedJob?: string;
	/** ID of the job that it polled. */
	polledJob?: string;
	/** The injected fault, or the rate limit's 429. */
	fault?: FaultAction;
	/** The parsed body: JSON, or the fields of a form. */
	body?: unknown;
}

type Arrival = Pick<LoggedCall, 'method' | 'path' | 'requestId' | 'clientRequestId'>;

/**
 * All calls of the API with their costs, and separately the downloads of result files. Calls of the
 * control API are not logged.
 */
export class RequestLog {
	/** Milliseconds since 1970. */
	readonly startedAt = Date.now();
	private readonly inFlight = new Map<string, Set<LoggedCall>>();
	private recorded: LoggedCall[] = [];
	private fetched: LoggedCall[] = [];
	private arrived = 0;
	private peaks: Record<string, number> = {};

	get calls(): readonly LoggedCall[] {
		return this.recorded;
	}

	/** Requests to models; neither polls nor other calls. */
	get modelCalls(): LoggedCall[] {
		return this.recorded.filter(({ method, model }) => method === 'POST' && model);
	}

	/** Downloads of result files, which aren't calls of the API. */
	get fetches(): readonly LoggedCall[] {
		return this.fetched;
	}

	/** Number of calls since the start, including cleared ones. */
	get arrivals(): number {
		return this.arrived;
	}

	/** Number of calls with a charge. */
	get paidCalls(): number {
		return this.recorded.filter(({ credits }) => credits > 0).length;
	}

	/** Peak number of concurrent calls by path; all result files count as `/files/`. */
	get peakInFlight(): Readonly<Record<string, number>> {
		return this.peaks;
	}

	/** The sum of all charges in USD. */
	get usd(): number {
		return this.recorded.reduce((sum, { credits }) => sum + credits, 0) / CREDITS_PER_USD;
	}

	/** Adds an entry for a call or a download that has arrived. */
	open(arrival: Arrival): LoggedCall {
		const inFlight = this.callsInFlight(arrival.path);
		const records = isFilePath(arrival.path) ? this.fetched : this.recorded;
		const call: LoggedCall = {
			index: records.length,
			at: Date.now() - this.startedAt,
			...arrival,
			status: 0,
			usd: 0,
			credits: 0,
			inFlight: inFlight.size + 1,
		};
		if (records === this.recorded) this.arrived += 1;
		inFlight.add(call);
		records.push(call);
		const group = groupOf(call.path);
		this.peaks[group] = Math.max(this.peaks[group] ?? 0, inFlight.size);
		return call;
	}

	/** Charges a call. */
	charge(call: LoggedCall, { usd, credits }: Cost): void {
		call.usd = usd;
		call.credits = credits;
	}

	/** Ends a call in flight; no effect on one that has ended. */
	finish(call: LoggedCall, status: number): void {
		if (this.callsInFlight(call.path).delete(call)) call.status = status;
	}

	/** Ends a call whose client disconnected; no effect on one that has ended. */
	abort(call: LoggedCall): void {
		if (this.callsInFlight(call.path).delete(call)) call.aborted = true;
	}

	/** Removes all entries; the peaks restart from the calls in flight. */
	clear(): void {
		this.recorded = [];
		this.fetched = [];
		this.peaks = {};
		for (const [group, calls] of this.inFlight) {
			if (calls.size > 0) this.peaks[group] = calls.size;
		}
	}

	toJSON() {
		const { calls, fetches, paidCalls, peakInFlight, usd } = this;
		return { calls, fetches, paidCalls, peakInFlight, usd };
	}

	private callsInFlight(path: string): Set<LoggedCall> {
		const group = groupOf(path);
		const calls = this.inFlight.get(group) ?? new Set();
		this.inFlight.set(group, calls);
		return calls;
	}
}

const groupOf = (path: string): string => (isFilePath(path) ? FILE_ROOT : path);
