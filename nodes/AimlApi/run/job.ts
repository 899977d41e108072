import { isRecord, type Json } from '../../shared/json';
import { isSomething } from '../../shared/transport/errorBody';
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

/** Properties that hold the job ID, in lower case and without underscores; the documented ones first. */
const ID_KEYS = [
	...['id', 'generationid', 'taskid', 'jobid', 'predictionid', 'operationid', 'uuid'],
	...['videoid', 'audioid', 'transcriptid', 'transcriptionid'],
];
/** Properties that hold it if there is no other ID. */
const REQUEST_ID_KEYS = ['requestid', 'inferenceid'];
const STATUS_KEYS = ['status', 'state', 'task_status', 'job_status', 'generation_status'];
const REASON_KEYS = ['error', 'failure_reason', 'fail_reason', 'reason', 'message', 'detail'];
/** Objects that hold the ID and the status when they aren't at the top level. */
const WRAPPERS = ['data', 'task', 'job', 'generation', 'prediction', 'output', 'result'];

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
	const plain = records.map((record) =>
		Object.fromEntries(
			Object.entries(record).map(([key, value]) => [key.toLowerCase().replaceAll('_', ''), value]),
		),
	);
	const candidates = [
		...valuesOf(plain, ID_KEYS),
		...valuesOf(records, ['name']).filter((name) => /(^|\/)operations\//.test(String(name))),
		...valuesOf(plain, REQUEST_ID_KEYS),
		...valuesOf(records.slice(0, 1), ['data']).filter(isBareId),
	];
	const isId = (value: unknown) =>
		(typeof value === 'string' && value.trim() !== '') || Number.isFinite(value);
	return toWellFormed(String(candidates.find(isId) ?? ''));
}

const isBareId = (value: unknown): boolean =>
	typeof value === 'string' && /^[\w:-]{6,200}$/.test(value) && /\d/.test(value);

/**
 * The first status in words; some providers put the HTTP status under the same name. `ok` and `success`
 * may be about the response, so a status inside it wins.
 */
function findStatus(records: Json[]): string {
	const [first = '', inner] = valuesOf(records, STATUS_KEYS).filter(
		(value): value is string => typeof value === 'string' && /\p{L}/u.test(value),
	);
	return inner !== undefined && /^(ok|success)$/i.test(first) ? inner : first;
}

const FAILED =
	/fail|error|cancell?ed|expired|reject|abort|time(d)?out|moderated|nsfw|denied|blocked|terminated|unsuccessful/;
/** A failure, unless there is a result. */
const ENDED = /stopped|killed|interrupted|filtered|flagged|refused|declined|invalid/;
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
	return hasFailed || ENDED.test(word) ? 'failed' : 'pending';
}

const hasError = (records: Json[]): boolean => records.some(({ error }) => isSomething(error));

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
