import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireCredits } from '../server/account';
import { runBatch, type BatchRequest, type ResultLine } from '../answers/batch';
import { idFrom } from '../seededRandom';
import { ApiError } from '../server/errors';
import { pollJob } from '../server/jobRoute';
import type { Job } from '../server/jobs';
import batchDocument from '../models/documents/batches.json';
import type { SandboxState } from '../server/state';
import { checkBody } from '../server/validation';

const BATCHES_PATH = '/v1/batches';

/** POST /v1/batches starts a batch; GET polls it; POST /v1/batches/cancel/{id} ends it. */
export function serveBatches(api: FastifyInstance, state: SandboxState): void {
	api.post(BATCHES_PATH, async (request) => {
		requireCredits(state, request);
		return startBatch(state, request);
	});
	api.get<{ Querystring: { batch_id?: string } }>(BATCHES_PATH, async ({ query, call }, reply) => {
		const batch = findBatch(state, query.batch_id);
		pollJob(batch, call);
		return describe(batch, reply);
	});
	api.post<{ Params: { id: string } }>(`${BATCHES_PATH}/cancel/:id`, async ({ params }) => {
		const batch = findBatch(state, params.id);
		if (!batch.fail({ status: 'cancelled' })) throw new ApiError(400, alreadyEnded(params.id));
		contentOf(batch).cancelledAt = new Date().toISOString();
		return describeProgress(batch, 'canceling');
	});
}

/** The content of a batch: its results and timestamps. */
interface BatchContent extends Record<string, unknown> {
	lines: ResultLine[];
	createdAt: string;
	cancelledAt?: string;
}

const contentOf = ({ plan }: Job) => plan.result as BatchContent;

function startBatch({ catalog, jobs }: SandboxState, { body, call }: FastifyRequest): object {
	checkBody(batchDocument, body);
	const { requests } = body as { requests: BatchRequest[] };
	const id = `msgbatch_${idFrom(call.requestId, 'batch')}`;
	const { lines, cost } = runBatch(requests, catalog, id);
	const error = call.fault?.jobError;
	const result: BatchContent = { lines, createdAt: new Date().toISOString() };
	const batch = jobs.start({
		id,
		endpoint: BATCHES_PATH,
		model: requests[0].params.model,
		cost,
		record: call,
		form: { failure: error && { error } },
		result,
	});
	call.startedJob = id;
	return describeProgress(batch, 'in_progress');
}

/** Documented: JSON while it runs, then one line of JSON per request. */
function describe(batch: Job, reply: FastifyReply): object | FastifyReply {
	const { lines, cancelledAt } = contentOf(batch);
	if (cancelledAt) {
		return sendLines(
			reply,
			lines.map(({ custom_id }) => ({ custom_id, result: { type: 'canceled' } })),
		);
	}
	if (batch.state === 'completed') return sendLines(reply, lines);
	return batch.state === 'error' ? batch.describe() : describeProgress(batch, 'in_progress');
}

function describeProgress(batch: Job, status: string): object {
	const { lines, createdAt, cancelledAt } = contentOf(batch);
	const expires = new Date(Date.parse(createdAt) + 24 * 3_600_000).toISOString();
	const none = { succeeded: 0, errored: 0, canceled: 0, expired: 0 };
	return {
		id: batch.plan.id,
		type: 'message_batch',
		processing_status: status,
		request_counts: { processing: lines.length, ...none },
		ended_at: null,
		created_at: createdAt,
		expires_at: expires,
		cancel_initiated_at: cancelledAt ?? null,
		results_url: null,
	};
}

/** The documented message, which contains the upstream API's. */
function alreadyEnded(id: string): string {
	const message = `Batch ${id} cannot be canceled because it has already finished processing.`;
	const error = { type: 'error', error: { type: 'invalid_request_error', message } };
	return `400 ${JSON.stringify(error)}`;
}

function findBatch({ jobs }: SandboxState, id = ''): Job {
	const batch = jobs.find(id, BATCHES_PATH);
	if (!batch) throw new ApiError(404, `Batch ${id} not found`);
	return batch;
}

function sendLines(reply: FastifyReply, lines: object[]): FastifyReply {
	const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
	return reply.type('application/x-jsonl').send(text);
}
