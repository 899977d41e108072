import { readJob, type Job } from '../response/job';
import type { ApiResponse } from './apiResponse';
import { CallFailure, type Fault } from './fault';
import type { Call } from './operation';

/** Seconds between two looks at a job: short at first, growing up to 'Poll Interval'. */
const FIRST_INTERVAL = 1;
const INTERVAL_GROWTH = 1.5;
const DEFAULT_POLL_INTERVAL = 10;
const DEFAULT_MAX_WAIT = 900;

/** Where an endpoint tells how a job goes. */
export interface JobPlace {
	path: string;
	query: Record<string, string>;
}

/** A job that ended, with the answer that says so, or one that is still under way. */
export interface JobOutcome {
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
export async function awaitJob(
	call: Call,
	first: ApiResponse,
	placeOf: (id: string) => JobPlace,
	knownId = '',
): Promise<JobOutcome> {
	const longest =
		Number(call.option('pollInterval', DEFAULT_POLL_INTERVAL)) || DEFAULT_POLL_INTERVAL;
	const maxWait = Number(call.option('maxWait', DEFAULT_MAX_WAIT));
	const giveUpAt = Date.now() + maxWait * 1000;
	const started = readJob(first.json, knownId);
	let outcome: JobOutcome = { job: started, response: first };
	let interval = Math.min(FIRST_INTERVAL, longest);

	while (outcome.job.state === 'pending') {
		const left = (giveUpAt - Date.now()) / 1000;
		if (left <= 0) return giveUp(call, outcome, maxWait);
		await call.wait(Math.min(interval, left));
		interval = Math.min(interval * INTERVAL_GROWTH, longest);
		outcome = (await look(call, started, placeOf(started.id))) ?? outcome;
	}
	if (outcome.job.state === 'failed') throw new CallFailure(jobFault(outcome));
	return outcome;
}

/** @returns `undefined` when the look itself failed in a way that may pass */
async function look(call: Call, { id }: Job, place: JobPlace): Promise<JobOutcome | undefined> {
	return await call.get(place.path, place.query).then(
		(response) => ({ job: readJob(response.json, id), response }),
		(error: unknown) => {
			if (!(error instanceof CallFailure)) throw error;
			if (MAY_PASS.has(error.fault.kind)) return undefined;
			throw new CallFailure(withJob(error.fault, id));
		},
	);
}

const MAY_PASS = new Set<Fault['kind']>([
	'rateLimited',
	'unavailable',
	'unreachable',
	'timedOut',
	'brokenAnswer',
]);

function giveUp(call: Call, outcome: JobOutcome, maxWait: number): JobOutcome {
	if (call.option<string>('onMaxWait', 'fail') === 'returnJob') return outcome;
	const { id, status } = outcome.job;
	throw new CallFailure(
		withJob(
			{
				kind: 'timedOut',
				message: `The generation is not ready after ${maxWait} s (status: ${status})`,
				description: "It goes on and is charged when it completes. Raise 'Max Wait' in 'Options'.",
			},
			id,
		),
	);
}

function jobFault({ job, response }: JobOutcome): Fault {
	const fault: Fault = {
		kind: 'failed',
		message: job.reason ?? `The generation ended with the status '${job.status}'`,
		description: 'Change the request, or choose another model.',
		httpStatus: response.status,
		requestId: response.requestId,
	};
	return withJob(fault, job.id);
}

/** Names the job, so that it can be looked at later without paying for it again. */
export function withJob(fault: Fault, id: string): Fault {
	return {
		...fault,
		description: `${fault.description} Get it later with the operation 'Get a Generation' and the ID ${id}.`,
		details: { ...fault.details, generationId: id },
	};
}
