import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError } from '../../shared/errors/ApiError';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { parseCost } from '../../shared/transport/usage';
import type { ItemContext } from '../run/operation';
import { parseStart, pollUntilDone } from '../run/polling';
import { simplify } from '../run/simplify';
import { JOB_KINDS, type JobKind } from './jobKinds';

/**
 * Waits for a job, unless 'Wait for Completion' is off, and turns its result into items.
 *
 * @param first the response that started the job, or its first poll
 * @param metadata further fields of each item
 */
export async function toJobItems(
	context: ItemContext,
	kind: JobKind,
	first: ApiResponse,
	metadata: IDataObject,
	knownId = '',
): Promise<INodeExecutionData[]> {
	const type = JOB_KINDS[kind];
	const { job, response } = context.getOption('waitForCompletion', true)
		? await pollUntilDone(context, first, type.statusEndpoint, knownId, type).catch(
				async (error: unknown) => {
					const { id } = type.parse(first, knownId);
					if (isFailedJob(error)) await context.settleCost(id, NO_COST, first);
					throw error;
				},
			)
		: { job: parseStart(first, knownId, type), response: first };
	const cost = parseCost(response.json, response) ?? parseCost(first.json, first);
	context.addCost(cost);
	if (cost || job.state !== 'pending') await context.settleCost(job.id, cost, response);

	return await simplify(context, response, async () => {
		const { id, state, status } = job;
		if (state !== 'pending') return await type.toItems(context, { id, response, cost, metadata });
		const model = context.model && { model: context.model };
		return [{ json: { generationId: id, kind, status, ...model, ...metadata } as IDataObject }];
	});
}

/** The API charges a job once it is completed. */
const NO_COST = { usd: 0, credits: 0 };

const isFailedJob = (error: unknown): boolean =>
	error instanceof ApiError && error.info.kind === 'failed';

/** `toJobItems` for a response that started a job of this kind. */
export const jobItems =
	(kind: JobKind) => async (context: ItemContext, first: ApiResponse, metadata: IDataObject) =>
		await toJobItems(context, kind, first, metadata);
