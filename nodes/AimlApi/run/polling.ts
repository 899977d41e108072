import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import { isRecord } from '../../shared/json';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { ItemContext } from './operation';

/** Seconds between two looks at a job: short at first, growing up to 'Poll Interval'. */
const FIRST_INTERVAL_SECONDS = 1;
const INTERVAL_GROWTH = 1.5;

/** Where an endpoint tells how a job goes. */
export interface StatusEndpoint {
	path: string;
	query: Record<string, string>;
}

/** What a job is, beyond where it tells how it goes. */
export interface JobType {
	/** Its name in messages, e.g. 'generation'. */
	name: string;
	/** The operation that gets it later. */
	getOperation: string;
	/** Under which name a failed item carries its id. */
	idName: string;
	/** Seconds, where the user sets no other: 'Poll Interval' and 'Max Wait'. */
	pollIntervalSeconds: number;
	maxWaitSeconds: number;
	/** Reads the answer to its start or to a look at it. */
	parse(response: ApiResponse, knownId: string): Job;
}

export const GENERATION: JobType = {
	name: 'generation',
	getOperation: 'Get a Generation',
	idName: 'generationId',
	pollIntervalSeconds: 10,
	maxWaitSeconds: 900,
	parse: ({ json }, knownId) => parseJob(json, knownId),
};

/** A job that ended, with the answer that says so, or one that is still under way. */
export interface PollResult {
	job: Job;
	response: ApiResponse;
}

/**
 * Looks at a job until it ends. A look that fails does not end the wait: the job goes on.
 *
 * @param first the answer that started the job, or the first look at it
 * @returns the job, still pending when 'Max Wait' is over and 'On Max Wait' is to return the job
 * @throws CallFailure when the job fails, or 'Max Wait' is over; with the job's id either way
 */
export async function pollUntilDone(
	context: ItemContext,
	first: ApiResponse,
	placeOf: (id: string) => StatusEndpoint,
	knownId = '',
	nature: JobType = GENERATION,
): Promise<PollResult> {
	const longest =
		Number(context.getOption('pollInterval', nature.pollIntervalSeconds)) ||
		nature.pollIntervalSeconds;
	const maxWait = Number(context.getOption('maxWait', nature.maxWaitSeconds));
	const giveUpAt = Date.now() + maxWait * 1000;
	const started = nature.parse(first, knownId);
	let outcome: PollResult = { job: started, response: first };
	let interval = Math.min(FIRST_INTERVAL_SECONDS, longest);

	while (outcome.job.state === 'pending') {
		const left = (giveUpAt - Date.now()) / 1000;
		if (left <= 0) return giveUp(context, outcome, maxWait, nature);
		await context.wait(Math.min(interval, left));
		interval = Math.min(interval * INTERVAL_GROWTH, longest);
		outcome = (await poll(context, started, placeOf(started.id), nature)) ?? outcome;
	}
	if (outcome.job.state === 'failed') throw new ApiError(failedJobError(outcome, nature));
	return outcome;
}

/** @returns `undefined` when the look itself failed in a way that may pass */
async function poll(
	context: ItemContext,
	{ id }: Job,
	place: StatusEndpoint,
	nature: JobType,
): Promise<PollResult | undefined> {
	return await context.get(place.path, place.query).then(
		(response) => ({ job: nature.parse(response, id), response }),
		(error: unknown) => {
			if (!(error instanceof ApiError)) throw error;
			if (TRANSIENT_KINDS.has(error.info.kind)) return undefined;
			throw new ApiError(withJobId(error.info, id, nature));
		},
	);
}

const TRANSIENT_KINDS = new Set<ApiErrorInfo['kind']>([
	'rateLimited',
	'unavailable',
	'unreachable',
	'timedOut',
	'brokenAnswer',
]);

function giveUp(
	context: ItemContext,
	outcome: PollResult,
	maxWait: number,
	nature: JobType,
): PollResult {
	if (context.getOption<string>('onMaxWait', 'fail') === 'returnJob') return outcome;
	const { id, status } = outcome.job;
	throw new ApiError(
		withJobId(
			{
				kind: 'timedOut',
				message: `The ${nature.name} is not ready after ${maxWait} s (status: ${status})`,
				description: "It goes on and is charged when it completes. Raise 'Max Wait' in 'Options'.",
			},
			id,
			nature,
		),
	);
}

function failedJobError({ job, response }: PollResult, nature: JobType): ApiErrorInfo {
	const info: ApiErrorInfo = {
		kind: 'failed',
		message: job.reason ?? `The ${nature.name} ended with the status '${job.status}'`,
		description: 'Change the request, or choose another model.',
		httpStatus: response.status,
		requestId: response.requestId,
	};
	return withJobId(info, job.id, nature);
}

/** Names the job, so that it can be looked at later without paying for it again. */
export function withJobId(
	info: ApiErrorInfo,
	id: string,
	nature: JobType = GENERATION,
): ApiErrorInfo {
	return {
		...info,
		description: `${info.description} Get it later with the operation '${nature.getOperation}' and the ID ${id}.`,
		details: { ...info.details, [nature.idName]: id },
	};
}

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
const PENDING_STATES = new Set([
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

const FAILED_STATES = new Set(['error', 'failed', 'cancelled', 'canceled', 'expired']);

/**
 * Reads the answer to the start of a job or to a look at it. A state that is not known counts as the
 * end: the documentation lists the states of work, and everything else is an outcome.
 *
 * @param knownId the job's id where the answer does not repeat it
 */
export function parseJob(body: unknown, knownId = ''): Job {
	const answer = isRecord(body) ? body : {};
	const id = String(answer.id ?? answer.generation_id ?? knownId);
	const status = String(answer.status ?? (hasOnlyId(answer) ? 'queued' : 'completed'));
	if (PENDING_STATES.has(status)) return { id, status, state: 'pending' };
	if (FAILED_STATES.has(status))
		return { id, status, state: 'failed', reason: toReason(answer.error) };
	const failure = innerFailure(answer);
	return failure ? { id, state: 'failed', ...failure } : { id, status, state: 'done' };
}

/** Some transcriptions are completed to the API while its provider reports in the result that it failed. */
function innerFailure({ result, output }: Record<string, unknown>) {
	const inner = [result, output].find(isRecord);
	const status = String(inner?.status ?? '');
	return FAILED_STATES.has(status) ? { status, reason: toReason(inner!.error) } : undefined;
}

/** Some models answer the start with nothing but the id. */
const hasOnlyId = (answer: Record<string, unknown>): boolean =>
	Object.keys(answer).every((key) => ['id', 'generation_id', 'meta'].includes(key));

function toReason(error: unknown): string | undefined {
	if (typeof error === 'string') return error;
	if (!isRecord(error)) return undefined;
	const reason = error.message ?? error.name;
	return typeof reason === 'string' ? reason : JSON.stringify(error);
}
