import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { readCost } from '../../shared/transport/usage';
import type { Call } from '../run/operation';
import { awaitJob, readJob } from '../run/polling';
import { JOB_KINDS, type JobKind } from './jobKinds';

/**
 * Waits for a job, unless the user would rather not, and turns what comes of it into items.
 *
 * @param first the answer that started the job, or the first look at it
 * @param facts what each item should say besides
 */
export async function toJobItems(
	call: Call,
	kind: JobKind,
	first: ApiResponse,
	facts: IDataObject,
	knownId = '',
): Promise<INodeExecutionData[]> {
	const { place, toItems } = JOB_KINDS[kind];
	const { job, response } = call.option('waitForCompletion', true)
		? await awaitJob(call, first, place, knownId)
		: { job: readJob(first.json, knownId), response: first };
	const cost = readCost(response.json, response) ?? readCost(first.json, first);
	call.book(cost);

	if (!call.field('simplify', true)) return [{ json: response.json as IDataObject }];
	const { id, state, status } = job;
	if (state !== 'pending') return await toItems(call, { id, response, cost, facts });
	const model = call.model && { model: call.model };
	return [{ json: { generationId: id, kind, status, ...model, ...facts } as IDataObject }];
}
