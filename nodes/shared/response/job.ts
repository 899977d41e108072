import { isRecord } from '../schema/jsonSchema';

/** A generation that the API works on in the background. */
export interface Job {
	/** Contains `:` and `/` for some models. */
	id: string;
	state: 'pending' | 'done' | 'failed';
	/** The API's own word for the state. */
	status: string;
	/** Why it failed. */
	reason?: string;
}

/** The documented states of work, and those that the API's own samples wait on. */
const PENDING = new Set([
	'queued',
	'generating',
	'waiting',
	'active',
	'pending',
	'processing',
	'in_progress',
	'starting',
	'running',
	'canceling',
]);
const FAILED = new Set(['error', 'failed', 'cancelled', 'canceled', 'expired']);

/**
 * Reads the answer to the start of a job or to a look at it. A state that is not known counts as the
 * end: the documentation lists the states of work, and everything else is an outcome.
 *
 * @param knownId the job's id where the answer does not repeat it
 */
export function readJob(body: unknown, knownId = ''): Job {
	const answer = isRecord(body) ? body : {};
	const id = String(answer.id ?? answer.generation_id ?? knownId);
	const status = String(answer.status ?? (hasOnlyId(answer) ? 'queued' : 'completed'));
	if (PENDING.has(status)) return { id, status, state: 'pending' };
	if (FAILED.has(status)) return { id, status, state: 'failed', reason: readReason(answer.error) };
	const failure = innerFailure(answer);
	return failure ? { id, state: 'failed', ...failure } : { id, status, state: 'done' };
}

/** Some transcriptions are completed to the API while its provider reports in the result that it failed. */
function innerFailure({ result, output }: Record<string, unknown>) {
	const inner = [result, output].find(isRecord);
	const status = String(inner?.status ?? '');
	return FAILED.has(status) ? { status, reason: readReason(inner!.error) } : undefined;
}

/** Some models answer the start with nothing but the id. */
const hasOnlyId = (answer: Record<string, unknown>): boolean =>
	Object.keys(answer).every((key) => ['id', 'generation_id', 'meta'].includes(key));

function readReason(error: unknown): string | undefined {
	if (typeof error === 'string') return error;
	if (!isRecord(error)) return undefined;
	const reason = error.message ?? error.name;
	return typeof reason === 'string' ? reason : JSON.stringify(error);
}
