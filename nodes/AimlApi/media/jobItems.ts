import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError } from '../../shared/errors/ApiError';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { parseCost } from '../../shared/transport/usage';
import type { ItemContext } from '../run/operation';
import {
	failedJobError,
	parseStart,
	pollUntilDone,
	type JobType,
	type PollResult,
} from '../run/polling';
import { simplify } from '../run/simplify';
import { JOB_KINDS, type JobKind } from './jobKinds';

/**
 * Waits for a job, unless 'Wait for Completion' is off, and turns its result into items.
 *
 * @param first the response that started the job, or its first poll
 * @param metadata further fields of each item
 * @param knownId the job's ID if `first` is a poll
 * @throws ApiError when the job fails, and those of `pollUntilDone`
 */
export async function toJobItems(
	context: ItemContext,
	kind: JobKind,
	first: ApiResponse,
	metadata: IDataObject,
	knownId = '',
): Promise<INodeExecutionData[]> {
	const type = JOB_KINDS[kind];
	const outcome = await getOutcome(context, type, first, knownId);
	const { response } = outcome;
	const { id, state, status } = outcome.job;
	const reported = parseCost(response.json, response) ?? parseCost(first.json, first);
	const cost = reported ?? (state === 'failed' ? NO_COST : undefined);
	context.addCost(cost);
	if (cost || state === 'done') await context.settleCost(id, cost, response);

	return await simplify(context, response, async () => {
		if (state === 'failed') throw new ApiError(failedJobError(outcome, type));
		if (state === 'done') return await type.toItems(context, { id, response, cost, metadata });
		const model = context.model && { model: context.model };
		return [{ json: { generationId: id, kind, status, ...model, ...metadata } as IDataObject }];
	});
}

/** The API charges a job once it is completed. */
const NO_COST = { usd: 0, credits: 0 };

/** The job as it is now, or at its end. A failed one counts as free. */
async function getOutcome(
	context: ItemContext,
	type: JobType,
	first: ApiResponse,
	knownId: string,
): Promise<PollResult> {
	if (!context.getOption('waitForCompletion', true)) {
		return { job: parseStart(first, knownId, type), response: first };
	}
	return await pollUntilDone(context, first, knownId, type).catch(async (error: unknown) => {
		const isFailedJob = error instanceof ApiError && error.info.kind === 'failed';
		if (isFailedJob) await context.settleCost(type.parse(first, knownId).id, NO_COST, first);
		throw error;
	});
}

/** `toJobItems` for a response that started a job of this kind. */
export const jobItems =
	(kind: JobKind) => async (context: ItemContext, first: ApiResponse, metadata: IDataObject) =>
		await toJobItems(context, kind, first, metadata);
