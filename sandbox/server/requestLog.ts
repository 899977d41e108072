import type { FaultAction } from './faults';
import { FILE_ROOT, isFilePath } from './fileStore';
import { CREDITS_PER_USD, type Cost } from '../models/pricing';

/** One call of the API as it went. */
export interface LoggedCall {
	/** Position in the order of arrival, from 0. */
	index: number;
	/** Arrival, in milliseconds since the sandbox started. */
	at: number;
	method: string;
	/** Without the query. */
	path: string;
	/** The `model` of the body, as the client spelled it. */
	model?: string;
	/** HTTP status; 0 while under way and when the connection ended without an answer. */
	status: number;
	/** `x-inference-id` of the answer. */
	requestId: string;
	/** `X-Client-Request-Id` of the request, when valid. */
	clientRequestId?: string;
	/** What was booked for it; 0 for free and failed calls. */
	usd: number;
	credits: number;
	/** Calls of the same path under way on arrival, this one included. */
	inFlight: number;
	/** The client went away before the answer was complete. What the model did stays booked. */
	aborted?: true;
	/** A fetch of a result file that brought an Authorization header. */
	leakedKey?: true;
	/** Id of the job that it started. Once that job is completed, its cost is booked here. */
	startedJob?: string;
	/** Id of the job that it asked after. */
	polledJob?: string;
	/** The injected fault that it met, the rate limit's refusals included. */
	fault?: FaultAction;
	/** The parsed body: JSON, or the fields of a form. */
	body?: unknown;
}

type Arrival = Pick<LoggedCall, 'method' | 'path' | 'requestId' | 'clientRequestId'>;

/**
 * Every call that reached the API, and what it cost; apart from them the fetches of result files.
 * The control surface is not in it.
 */
export class RequestLog {
	private readonly startedAt = Date.now();
	private readonly inFlight = new Map<string, Set<LoggedCall>>();
	private recorded: LoggedCall[] = [];
	private fetched: LoggedCall[] = [];
	private arrived = 0;
	private peaks: Record<string, number> = {};

	get calls(): readonly LoggedCall[] {
		return this.recorded;
	}

	/** Fetches of result files, which are no calls of the API. */
	get fetches(): readonly LoggedCall[] {
		return this.fetched;
	}

	/** Number of calls since the start, forgotten ones included. */
	get arrivals(): number {
		return this.arrived;
	}

	/** Number of calls that were booked with a cost. */
	get paidCalls(): number {
		return this.recorded.filter(({ credits }) => credits > 0).length;
	}

	/** Most calls under way at the same time, by path; all result files as one path `/files/`. */
	get peakInFlight(): Readonly<Record<string, number>> {
		return this.peaks;
	}

	/** All that was booked, in USD. */
	get usd(): number {
		return this.recorded.reduce((sum, { credits }) => sum + credits, 0) / CREDITS_PER_USD;
	}

	/** Opens the record of a call, or of a fetch, that has just arrived. */
	open(arrival: Arrival): LoggedCall {
		const underWay = this.underWayOn(arrival.path);
		const records = isFilePath(arrival.path) ? this.fetched : this.recorded;
		const call: LoggedCall = {
			index: records.length,
			at: Date.now() - this.startedAt,
			...arrival,
			status: 0,
			usd: 0,
			credits: 0,
			inFlight: underWay.size + 1,
		};
		if (records === this.recorded) this.arrived += 1;
		underWay.add(call);
		records.push(call);
		const lane = groupOf(call.path);
		this.peaks[lane] = Math.max(this.peaks[lane] ?? 0, underWay.size);
		return call;
	}

	/** Charges a call. */
	charge(call: LoggedCall, { usd, credits }: Cost): void {
		call.usd = usd;
		call.credits = credits;
	}

	/** Ends a call that is under way; without effect on one that has ended. */
	finish(call: LoggedCall, status: number): void {
		if (this.underWayOn(call.path).delete(call)) call.status = status;
	}

	/** Ends a call whose client has gone away; without effect on one that has ended. */
	abort(call: LoggedCall): void {
		if (this.underWayOn(call.path).delete(call)) call.aborted = true;
	}

	/** Forgets all calls, fetches and costs; the peaks start again from what is under way. */
	clear(): void {
		this.recorded = [];
		this.fetched = [];
		this.peaks = {};
		for (const [lane, calls] of this.inFlight) {
			if (calls.size > 0) this.peaks[lane] = calls.size;
		}
	}

	toJSON() {
		const { calls, fetches, paidCalls, peakInFlight, usd } = this;
		return { calls, fetches, paidCalls, peakInFlight, usd };
	}

	private underWayOn(path: string): Set<LoggedCall> {
		const lane = groupOf(path);
		const calls = this.inFlight.get(lane) ?? new Set();
		this.inFlight.set(lane, calls);
		return calls;
	}
}

const groupOf = (path: string): string => (isFilePath(path) ? FILE_ROOT : path);
