import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import { unexpectedResponseError } from '../../shared/transport/apiErrors';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { Job } from './job';
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

/** What all kinds of generations have in common. */
export const GENERATION: Omit<JobType, 'parse'> = {
	name: 'generation',
	getOperation: 'Get a Video, Music or Transcription',
	idName: 'generationId',
	pollIntervalSeconds: 10,
	maxWaitSeconds: 900,
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
 * @param knownId the job's id when it is looked at; '' for the answer to its start
 * @returns the job, still pending when 'Max Wait' is over and 'On Max Wait' is to return the job
 * @throws ApiError when the job fails or 'Max Wait' is over, with the job's id either way; and when the
 * start names no id to look for
 */
export async function pollUntilDone(
	context: ItemContext,
	first: ApiResponse,
	placeOf: (id: string) => StatusEndpoint,
	knownId: string,
	nature: JobType,
): Promise<PollResult> {
	const longest = context.getOption('pollInterval', nature.pollIntervalSeconds);
	const maxWait = context.getOption('maxWait', nature.maxWaitSeconds);
	const startedAt = Date.now();
	const giveUpAt = startedAt + maxWait * 1000;
	const started = parseStart(first, knownId, nature);
	let outcome: PollResult = { job: started, response: first };
	let interval = Math.min(FIRST_INTERVAL_SECONDS, longest);

	while (outcome.job.state === 'pending') {
		const left = (giveUpAt - Date.now()) / 1000;
		if (left <= 0) return giveUp(context, outcome, maxWait, nature);
		await context.wait(Math.min(interval, left));
		interval = Math.min(interval * INTERVAL_GROWTH, longest);
		const look = { id: started.id, isNew: Date.now() - startedAt < SETTLING_MS, nature };
		outcome = (await poll(context, placeOf(started.id), look)) ?? outcome;
	}
	if (outcome.job.state === 'failed') throw new ApiError(failedJobError(outcome, nature));
	return outcome;
}

/**
 * Parses the answer to a start, or the first look at a job.
 *
 * @throws ApiError when the job is under way and has no id, so that nobody can look for it
 */
export function parseStart(first: ApiResponse, knownId: string, nature: JobType): Job {
	const job = nature.parse(first, knownId);
	if (job.id || job.state !== 'pending') return job;
	const { description, ...info } = unexpectedResponseError(first, `ID of the ${nature.name}`);
	const hint = first.requestId
		? ` The ${nature.name} may be running. Try '${nature.getOperation}' with the ID ${first.requestId}.`
		: ` The ${nature.name} may be running and be charged.`;
	throw new ApiError({ ...info, description: description + hint });
}

/** @returns `undefined` when the look itself failed in a way that may pass */
async function poll(
	context: ItemContext,
	place: StatusEndpoint,
	{ id, isNew, nature }: { id: string; isNew: boolean; nature: JobType },
): Promise<PollResult | undefined> {
	return await context.get(place.path, place.query).then(
		(response) => ({ job: nature.parse(response, id), response }),
		(error: unknown) => {
			if (!(error instanceof ApiError)) throw error;
			const { kind } = error.info;
			if (TRANSIENT_KINDS.has(kind) || (isNew && UNKNOWN_YET.has(kind))) return undefined;
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

/** For so long a job that was just started may be unknown to the server that is asked for it. */
const SETTLING_MS = 30_000;
const UNKNOWN_YET = new Set<ApiErrorInfo['kind']>(['notFound', 'refused']);

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
				description:
					"The job continues and is charged when it completes. Raise 'Max Wait' in 'Options'.",
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

/** What a user does to have a job's result without paying for it again. */
export const getLater = (id: string, { getOperation }: Omit<JobType, 'parse'>): string =>
	`Get it later with the operation '${getOperation}' and the ID ${id}.`;

/** Names the job, so that it can be looked at later without paying for it again. */
export function withJobId(
	info: ApiErrorInfo,
	id: string,
	nature: Omit<JobType, 'parse'> = GENERATION,
): ApiErrorInfo {
	return {
		...info,
		description: `${info.description} ${getLater(id, nature)}`,
		details: { ...info.details, [nature.idName]: id },
	};
}
