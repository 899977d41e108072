import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { findFiles } from '../../../shared/response/findFiles';
import { readJob } from '../../../shared/response/job';
import { toMediaItems } from '../../../shared/response/mediaItems';
import { readCost } from '../../../shared/response/usage';
import type { ApiResponse } from '../../../shared/run/apiResponse';
import { CallFailure } from '../../../shared/run/fault';
import { awaitJob, withJob, type JobPlace } from '../../../shared/run/jobs';
import type { Call } from '../../../shared/run/operation';
import { readUnknownAnswer } from '../../../shared/run/readFault';

/** What kind of generation a job is, as 'Get a Generation' names it. */
export type JobKind = 'video';

/** Where each kind of job tells how it goes. */
export const JOB_PLACES: Record<JobKind, (id: string) => JobPlace> = {
	video: (id) => ({ path: '/v2/video/generations', query: { generation_id: id } }),
};

/**
 * Waits for a job, unless the user would rather not, and turns what comes of it into items.
 *
 * @param first the answer that started the job, or the first look at it
 */
export async function toJobItems(
	call: Call,
	kind: JobKind,
	first: ApiResponse,
	facts: IDataObject,
	knownId = '',
): Promise<INodeExecutionData[]> {
	const { job, response } = call.option('waitForCompletion', true)
		? await awaitJob(call, first, JOB_PLACES[kind], knownId)
		: { job: readJob(first.json, knownId), response: first };
	const cost = readCost(response.json, response) ?? readCost(first.json, first);
	call.book(cost);

	if (!call.field('simplify', true)) return [{ json: response.json as IDataObject }];
	if (job.state === 'pending') {
		const { id: generationId, status } = job;
		return [{ json: { generationId, kind, status, model: call.model, ...facts } }];
	}
	const files = findFiles(response.json);
	if (!files.length) throw new CallFailure(withJob(readUnknownAnswer(response, 'file'), job.id));
	return await toMediaItems(call, { files, id: job.id, cost, facts });
}
