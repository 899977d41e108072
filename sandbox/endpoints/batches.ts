import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { requireCredits } from '../account';
import { runBatch } from '../answers/batch';
import type { BatchRequest } from '../answers/batch';
import { idFrom } from '../chance';
import { ApiError } from '../errors';
import type { Job, JobForm } from '../jobs';
import { batchDocument } from '../models/schemas/batch';
import type { SandboxState } from '../state';
import { checkBody } from '../validation';

const path = '/v1/batches';

const running = 'in_progress';
const form: JobForm = { words: { queued: running, generating: running } };

/** POST /v1/batches starts a batch; GET asks after it; POST /v1/batches/cancel/{id} ends it. */
export function serveBatches(api: FastifyInstance, state: SandboxState): void {
	api.post(path, async (request) => {
		requireCredits(state, request);
		return startBatch(state, request);
	});
	api.get<{ Querystring: { batch_id?: string } }>(path, async ({ query, call }, reply) => {
		const batch = findBatch(state, query.batch_id);
		call.polledJob = batch.plan.id;
		batch.polls += 1;
		if (call.fault?.jobError) batch.fail({ error: call.fault.jobError });
		batch.advance();
		return batch.state === 'completed' ? sendLines(reply, batch) : batch.describe();
	});
	api.post<{ Params: { id: string } }>(`${path}/cancel/:id`, async ({ params }) => {
		const batch = findBatch(state, params.id);
		if (!batch.fail({ status: 'cancelled' }))
			throw new ApiError(400, 'The batch has already ended');
		return { id: batch.plan.id, status: 'canceling' };
	});
}

function startBatch({ catalogue, jobs }: SandboxState, { body, call }: FastifyRequest): object {
	checkBody(batchDocument, body);
	const { requests } = body as { requests: BatchRequest[] };
	const id = `batch_${idFrom(call.requestId, 'batch')}`;
	const { lines, cost } = runBatch(requests, catalogue, id);
	const error = call.fault?.jobError;
	jobs.start({
		id,
		endpoint: path,
		model: requests[0].params.model,
		cost,
		record: call,
		form: { ...form, failure: error && { error } },
		result: { lines },
	});
	call.startedJob = id;
	return { id, status: running };
}

function findBatch({ jobs }: SandboxState, id = ''): Job {
	const batch = jobs.find(id, path);
	if (!batch) throw new ApiError(404, `Batch ${id} not found`);
	return batch;
}

/** Documented: one line of JSON for each request, which as a whole is no JSON. */
function sendLines(reply: FastifyReply, { plan }: Job) {
	const lines = plan.result.lines as object[];
	const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
	return reply.type('application/x-jsonl').send(text);
}
