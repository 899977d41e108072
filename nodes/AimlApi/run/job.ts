import { isRecord, type Json } from '../../shared/json';
import { toWellFormed } from '../../shared/wellFormed';

/** A job that the API runs in the background. */
export interface Job {
	/** Contains `:` and `/` for some models; '' if the response has none. */
	id: string;
	state: 'pending' | 'done' | 'failed';
	/** The API's own name for the state. */
	status: string;
	/** Why it failed. */
	reason?: string;
}

/** Properties that hold the job ID, the documented ones first. */
const ID_KEYS = [
	'id',
	'generation_id',
	'generationId',
	'task_id',
	'taskId',
	'job_id',
	'jobId',
	'prediction_id',
	'request_id',
	'inference_id',
	'uuid',
	'requestId',
];
const STATUS_KEYS = ['status', 'state', 'task_status', 'job_status', 'generation_status'];
const REASON_KEYS = ['error', 'failure_reason', 'fail_reason', 'reason', 'message', 'detail'];
/** Objects that hold the ID and the status when they aren't at the top level. */
const WRAPPERS = ['data', 'task', 'job', 'generation', 'prediction'];

/**
 * Parses the response that started a job, or a poll of it. A job that is neither done nor failed is
 * pending, whatever the API calls it: one that is taken for finished too early is lost.
 *
 * @param hasResult whether the response has the job's result
 * @param knownId the job's ID for a poll; '' for the response that started it
 */
export function parseJob(body: unknown, hasResult: boolean, knownId = ''): Job {
	const records = unwrap(body);
	const id = knownId || findId(records);
	const reported = findStatus(records);
	const failure = innerFailure(records[0] ?? {}, hasResult);
	const state = failure
		? 'failed'
		: stateOf(reported, hasResult, hasError(records), knownId === '');
	const status = failure?.status || reported || DEFAULT_STATUS[state];
	return state === 'failed'
		? { id, state, status, reason: failure?.reason ?? findReason(records) }
		: { id, state, status };
}

const DEFAULT_STATUS = { pending: 'queued', done: 'completed', failed: 'error' } as const;

/** The response and the objects it wraps. */
function unwrap(body: unknown): Json[] {
	const [answer] = [body].flat();
	if (!isRecord(answer)) return [];
	const wrapped = WRAPPERS.map((key) => [answer[key]].flat()[0]);
	return [answer, ...wrapped.filter(isRecord)];
}

const valuesOf = (records: Json[], keys: string[]): unknown[] =>
	records.flatMap((record) => keys.map((key) => record[key]));

function findId(records: Json[]): string {
	const isId = (value: unknown) =>
		(typeof value === 'string' && value.trim() !== '') || Number.isFinite(value);
	return toWellFormed(String(valuesOf(records, ID_KEYS).find(isId) ?? ''));
}

/** The first status in words; some providers put the HTTP status under the same name. */
const findStatus = (records: Json[]): string =>
	valuesOf(records, STATUS_KEYS).find(
		(value): value is string => typeof value === 'string' && /\p{L}/u.test(value),
	) ?? '';

const FAILED =
	/fail|error|cancell?ed|expired|reject|abort|time(d)?out|moderated|nsfw|denied|blocked|terminated|unsuccessful/;
const DONE =
	/^(completed?|succe(ss|ssful|ssfully|eded|ed)|done|finish(ed)?|ready|ended|ok|generated|processed|available)$/;
const RUNNING =
	/ing$|queue|pend|wait|submitted|created|scheduled|accepted|received|started|throttled|progress|active|init|delayed|paused|^new$/;
/** Part of the result is there, although the status is a failure, e.g. `partial_failure`. */
const PARTLY = /^(partial|completed|succe)/;

function stateOf(
	status: string,
	hasResult: boolean,
	hasFailed: boolean,
	isStart: boolean,
): Job['state'] {
	// Case and separators vary: IN_PROGRESS, in-progress, InProgress.
	const word = status.toLowerCase().replace(/[^a-z]+/g, '');
	if (FAILED.test(word)) return hasResult && PARTLY.test(word) ? 'done' : 'failed';
	if (DONE.test(word)) {
		if (hasResult) return 'done';
		if (hasFailed) return 'failed';
		// On a start, 'success' means that the job was accepted.
		return isStart ? 'pending' : 'done';
	}
	if (RUNNING.test(word)) return 'pending';
	if (hasResult) return 'done';
	return hasFailed ? 'failed' : 'pending';
}

const hasError = (records: Json[]): boolean =>
	records.some(({ error }) => (typeof error === 'string' ? error !== '' : isRecord(error)));

/** Some jobs are completed for the API while the provider's result says that they failed. */
function innerFailure({ result, output }: Json, hasResult: boolean) {
	const inner = [result, output].filter(isRecord).slice(0, 1);
	const status = findStatus(inner);
	const isFailure = stateOf(status, hasResult, false, false) === 'failed';
	return isFailure ? { status, reason: findReason(inner) } : undefined;
}

function findReason(records: Json[]): string | undefined {
	return valuesOf(records, REASON_KEYS)
		.map(toReason)
		.find((reason) => reason !== undefined && reason !== '');
}

function toReason(error: unknown): string | undefined {
	if (typeof error === 'string') return error;
	if (!isRecord(error)) return undefined;
	const reason = error.message ?? error.name;
	return typeof reason === 'string' ? reason : JSON.stringify(error);
}
