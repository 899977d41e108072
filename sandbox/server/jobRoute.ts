import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './errors';
import type { Job, JobForm } from './jobs';
import { sendCost, serveModelEndpoint, type ModelAnswer, type ModelCall } from './modelRoute';
import type { EndpointPath } from '../models/model';
import type { Cost } from '../models/pricing';
import type { LoggedCall } from './requestLog';
import type { SandboxState } from './state';

/** The job that a call starts. */
export interface JobDraft {
	cost: Cost;
	form?: JobForm;
	result: Record<string, unknown>;
}

/** An endpoint that starts jobs. */
export interface JobEndpoint {
	path: EndpointPath;
	/** Other paths of the same endpoint. */
	aliases: string[];
	draft: (call: ModelCall, state: SandboxState) => JobDraft;
}

/** Serves the start of jobs. */
export function serveJobStart(
	api: FastifyInstance,
	state: SandboxState,
	{ path, aliases, draft }: JobEndpoint,
): void {
	serveModelEndpoint(api, state, {
		path,
		aliases,
		answer: (call) => startJob(state, path, call, draft(call, state)),
	});
}

function startJob(
	state: SandboxState,
	endpoint: EndpointPath,
	{ model, record, fault, requestId }: ModelCall,
	{ cost, form = {}, result }: JobDraft,
): ModelAnswer {
	const id = `${requestId}:${model.id}`;
	const failure = fault?.jobError ? { error: fault.jobError } : form.failure;
	const job = state.jobs.start({
		id,
		endpoint,
		model: model.id,
		cost,
		record,
		form: { ...form, failure },
		result,
	});
	record.startedJob = id;
	return { body: job.describeStart(), cost: job.cost, requestId: id };
}

/** Serves the polls of such an endpoint: GET of the same paths with `?generation_id=`. */
export function serveJobPolls(
	api: FastifyInstance,
	state: SandboxState,
	{ path, aliases }: JobEndpoint,
): void {
	for (const address of [path, ...aliases]) {
		api.get<{ Querystring: { generation_id?: string } }>(address, async (request, reply) => {
			const id = request.query.generation_id;
			if (id === undefined) {
				throw new ApiError(400, 'Query validation error\nRequired at generation_id');
			}
			return answerPoll(state, path, id, request, reply);
		});
	}
}

/** Answers a poll, which is free; with the cost once the job is completed. */
export function answerPoll(
	{ jobs }: SandboxState,
	endpoint: string,
	id: string,
	{ call }: FastifyRequest,
	reply: FastifyReply,
): object {
	const job = jobs.find(id, endpoint);
	if (!job) throw new ApiError(404, `Generation ${id} not found`);
	call.model = job.plan.model;
	pollJob(job, call);
	if (job.cost) sendCost(reply, job.cost);
	return job.describe();
}

/** Counts a poll and advances the job, or ends it by the fault of the call. */
export function pollJob(job: Job, call: LoggedCall): void {
	call.polledJob = job.plan.id;
	job.polls += 1;
	if (call.fault?.jobError) job.fail({ error: call.fault.jobError });
	job.advance();
}
