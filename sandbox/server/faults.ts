import { random } from '../seededRandom';
import { isFilePath } from './fileStore';

/** Which requests a rule applies to. All conditions must hold. */
export interface FaultCondition {
	/**
	 * The path without the query, or a prefix with `*` at its end. Only rules for `/files/*` or one of its
	 * files apply to downloads of result files.
	 */
	path?: string;
	method?: string;
	model?: string;
	/** A substring of the raw body or of a value in the query, e.g. of a generation's id. */
	contains?: string;
	/** Only these of the matching requests, counted from 1 per rule. */
	nth?: number | number[];
	/** Only the first requests with the same method, path, query and body. */
	firstAttempts?: number;
	/** Share of the matching requests, 0 to 1; random by seed, body and attempt. */
	rate?: number;
}

/** What happens to a request that a rule matches. */
export interface FaultAction {
	/** Answer with this status in the API's error shape, unprocessed and not charged. */
	status?: number;
	/** The error's message, instead of the documented one for the status. */
	message?: string;
	headers?: Record<string, string>;
	/** `Retry-After` in seconds. */
	retryAfter?: number;
	/** `Retry-After` as an HTTP date this many seconds from now. */
	retryAfterDate?: number;
	/** Answer with this text, unprocessed and not charged. Status 200 by default. */
	body?: string;
	/** Content type of `body`; JSON by default. */
	contentType?: string;
	/** Delay the response, in milliseconds, after the call was charged. */
	delayMs?: number;
	/**
	 * Destroy the connection: `before` the request is processed (not charged), or in the middle
	 * of the answer's `body`, after it was processed and charged: the ambiguous case.
	 */
	reset?: 'before' | 'body';
	/** Cut the JSON in half below valid headers, after the request was processed and charged. */
	truncate?: true;
	/** Answer with an empty body, unprocessed and not charged. Status 200 by default. */
	empty?: true;
	/** Answer with a proxy's HTML page, unprocessed and not charged. Status 502 by default. */
	html?: true;
	/** For endpoints with jobs: let the job end with this error and HTTP 200. */
	jobError?: { name: string; message: string };
}

/** One rule of the script; the first that matches a request wins. */
export interface FaultRule {
	when?: FaultCondition;
	do: FaultAction;
}

/** The parts of a request that rules can match. */
interface RequestFacts {
	method: string;
	path: string;
	/** Its values, decoded. */
	query: string;
	model?: string;
	/** As text, without a form's boundary, which differs in each request. */
	rawBody: string;
}

/** The fault rules of a sandbox. */
export class Faults {
	private script: Array<{ rule: FaultRule; matches: number; attempts: Map<string, number> }> = [];

	constructor(private readonly seed: number) {}

	/** Replaces all rules and resets their counts. */
	set(rules: FaultRule[]): void {
		this.script = rules.map((rule) => ({ rule, matches: 0, attempts: new Map() }));
	}

	clear(): void {
		this.set([]);
	}

	/** Counts the request and returns its fault, if any. */
	match(request: RequestFacts): FaultAction | undefined {
		const index = this.script.findIndex((_, position) => this.applies(position, request));
		return this.script[index]?.rule.do;
	}

	private applies(position: number, request: RequestFacts): boolean {
		const entry = this.script[position];
		const { when = {} } = entry.rule;
		if (!concerns(when, request)) return false;

		const identity = [request.method, request.path, request.query, request.rawBody].join(' ');
		const attempt = (entry.attempts.get(identity) ?? 0) + 1;
		entry.attempts.set(identity, attempt);
		entry.matches += 1;

		if (when.nth !== undefined && ![when.nth].flat().includes(entry.matches)) return false;
		if (when.firstAttempts !== undefined && attempt > when.firstAttempts) return false;
		return when.rate === undefined || random(this.seed, position, identity, attempt) < when.rate;
	}
}

function concerns(when: FaultCondition, request: RequestFacts): boolean {
	return (
		isFor(when.path, request.path) &&
		(when.method === undefined || when.method.toUpperCase() === request.method) &&
		(when.model === undefined || when.model === request.model) &&
		(when.contains === undefined || `${request.query}\n${request.rawBody}`.includes(when.contains))
	);
}

function isFor(wanted: string | undefined, path: string): boolean {
	if (wanted === undefined || wanted === '*') return !isFilePath(path);
	return wanted.endsWith('*') ? path.startsWith(wanted.slice(0, -1)) : wanted === path;
}
