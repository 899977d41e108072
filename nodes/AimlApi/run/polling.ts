import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import { isJob, unexpectedResponseError } from '../../shared/transport/apiErrors';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { Job } from './job';
import type { ItemContext } from './operation';

/** The first wait between polls; it grows up to 'Poll Interval'. */
const FIRST_INTERVAL_SECONDS = 1;
const INTERVAL_GROWTH = 1.5;

/** A kind of job: how it is named, polled and parsed. */
export interface JobType {
	/** Its name in messages, e.g. 'generation'. */
	name: string;
	/** The operation that gets its result later. */
	getOperation: string;
	/** The field of a failed item that holds its ID. */
	idName: string;
	/** Defaults of 'Poll Interval' and 'Max Wait'. */
	pollIntervalSeconds: number;
	maxWaitSeconds: number;
	/** Where to poll it. */
	statusEndpoint(id: string): { path: string; query: Record<string, string> };
	/** Parses the response that started it, or a poll. */
	parse(response: ApiResponse, knownId: string): Job;
	/** URLs of results, which a job may have although it failed. */
	findUrls?(response: ApiResponse): string[];
}

/** How to get a job later: the operation, and the field of a failed item with the ID. */
type JobNames = Pick<JobType, 'getOperation' | 'idName'>;

/** What all generations have in common. */
export const GENERATION: Omit<JobType, 'statusEndpoint' | 'parse' | 'findUrls'> = {
	name: 'generation',
	getOperation: 'Get a Video, Music or Transcription',
	idName: 'generationId',
	pollIntervalSeconds: 10,
	maxWaitSeconds: 900,
};

/** A job and the last response about it; ended, or still pending after 'Max Wait'. */
export interface PollResult {
	job: Job;
	response: ApiResponse;
}

/**
 * Polls a job until it ends. A failed poll doesn't end the wait, since the job goes on.
 *
 * @param first the response that started the job, or its first poll
 * @param knownId the job's ID if `first` is a poll; '' if it started the job
 * @returns the job, still pending if 'Max Wait' is over and 'On Max Wait' is to return the status
 * @throws ApiError when the job fails or 'Max Wait' is over, both with the job's ID; and when the start
 * returned no ID
 */
export async function pollUntilDone(
	context: ItemContext,
	first: ApiResponse,
	knownId: string,
	type: JobType,
): Promise<PollResult> {
	const longest = context.getOption('pollInterval', type.pollIntervalSeconds);
	const maxWait = context.getOption('maxWait', type.maxWaitSeconds);
	const giveUpAt = Date.now() + maxWait * 1000;
	const started = parseStart(first, knownId, type);
	let outcome: PollResult = { job: started, response: first };
	let interval = Math.min(FIRST_INTERVAL_SECONDS, longest);
	let seenAt = Date.now();

	while (outcome.job.state === 'pending') {
		const left = (giveUpAt - Date.now()) / 1000;
		if (left <= 0) return giveUp(context, outcome, maxWait, type);
		await context.wait(Math.min(interval, left));
		interval = Math.min(interval * INTERVAL_GROWTH, longest);
		const mayBeUnknown = Date.now() - seenAt < SETTLING_MS + interval * 1000;
		const polled = await poll(context, started.id, mayBeUnknown, type);
		if (polled) seenAt = Date.now();
		outcome = polled ?? outcome;
	}
	if (outcome.job.state === 'failed') throw new ApiError(failedJobError(outcome, type));
	return outcome;
}

/**
 * Parses the response that started a job, or its first poll.
 *
 * @throws ApiError when the job is pending without an ID, so it can't be polled
 */
export function parseStart(first: ApiResponse, knownId: string, type: JobType): Job {
	const job = type.parse(first, knownId);
	if (job.id || job.state !== 'pending') return job;
	const { description, ...info } = unexpectedResponseError(first, `${type.name} ID`);
	const hint = first.requestId
		? ` The ${type.name} may be running. Try '${type.getOperation}' with the ID ${first.requestId}.`
		: ` The ${type.name} may be running and be charged.`;
	throw new ApiError({ ...info, description: description + hint });
}

/** Polls a job once. How it is doing is for `type` to say, even if the response reports an error. */
export async function getJob(
	context: ItemContext,
	id: string,
	type: JobType,
): Promise<ApiResponse> {
	const { path, query } = type.statusEndpoint(id);
	const isResult = (response: ApiResponse): boolean =>
		isJob(response.json) || type.parse(response, id).state === 'done';
	return await context.get(path, query, isResult);
}

/** @returns `undefined` when the poll itself failed and is worth repeating */
async function poll(
	context: ItemContext,
	id: string,
	mayBeUnknown: boolean,
	type: JobType,
): Promise<PollResult | undefined> {
	return await getJob(context, id, type).then(
		(response) => ({ job: type.parse(response, id), response }),
		(error: unknown) => {
			if (!(error instanceof ApiError)) throw error;
			const { kind } = error.info;
			if (TRANSIENT_KINDS.has(kind) || (mayBeUnknown && UNKNOWN.has(kind))) return undefined;
			throw new ApiError(withJobId(error.info, id, type));
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

/** How long a job may be unknown to the server that is polled, when it is new or between two polls. */
const SETTLING_MS = 30_000;
const UNKNOWN = new Set<ApiErrorInfo['kind']>(['notFound', 'refused']);

function giveUp(
	context: ItemContext,
	outcome: PollResult,
	maxWait: number,
	type: JobType,
): PollResult {
	if (context.getOption<string>('onMaxWait', 'fail') === 'returnJob') return outcome;
	const { id, status } = outcome.job;
	throw new ApiError(
		withJobId(
			{
				kind: 'timedOut',
				message: `The ${type.name} is not ready after ${maxWait} s (status: ${status})`,
				description:
					"The job continues and is charged when it completes. Raise 'Max Wait' in 'Options'.",
			},
			id,
			type,
		),
	);
}

/** The error of a failed job, with its ID and what it made before it failed. */
export function failedJobError({ job, response }: PollResult, type: JobType): ApiErrorInfo {
	const urls = type.findUrls?.(response) ?? [];
	return {
		kind: 'failed',
		message: job.reason ?? `The ${type.name} ended with the status '${job.status}'`,
		description: `Change the request, or choose another model. The ID of the ${type.name} is ${job.id}.`,
		httpStatus: response.status,
		requestId: response.requestId,
		details: { [type.idName]: job.id, ...(urls.length && { urls }) },
	};
}

/** How to get a job's result without paying for it again. */
export const getLater = (id: string, { getOperation }: JobNames): string =>
	`Get it later with the operation '${getOperation}' and the ID ${id}.`;

/** Adds the job's ID to an error, so that its result can be fetched later. */
export function withJobId(
	info: ApiErrorInfo,
	id: string,
	type: JobNames = GENERATION,
): ApiErrorInfo {
	return {
		...info,
		description: `${info.description} ${getLater(id, type)}`,
		details: { ...info.details, [type.idName]: id },
	};
}
