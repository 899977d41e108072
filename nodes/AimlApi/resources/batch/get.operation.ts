import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { BATCHES } from '../../../shared/models/endpoints';
import { readBatch, readBatchLines, toBatchItem, toResultItem } from './results';
import { readCost } from '../../../shared/transport/usage';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { awaitJob, type JobNature, type JobPlace } from '../../run/polling';
import type { Call, Operation } from '../../run/operation';
import { readBatchId } from './batchId';

const BATCH: JobNature = {
	name: 'batch',
	getOperation: 'Get a Batch',
	idName: 'batchId',
	pollInterval: 60,
	maxWait: 3600,
	read: readBatch,
};

/** GET /v1/batches: an item for each result, or one that says how the batch goes. */
export const getBatch: Operation = {
	endpoint: { ...BATCHES, method: 'GET' },
	async perform(call) {
		const id = readBatchId(call);
		const { path, query } = placeOf(id);
		const first = await call.get(path, query);
		const { response } = call.option('waitForCompletion', true)
			? await awaitJob(call, first, placeOf, id, BATCH)
			: { response: first };
		return toItems(call, response, id);
	},
};

const placeOf = (id: string): JobPlace => ({ path: BATCHES.path, query: { batch_id: id } });

/** The cost, where the API tells it, stands on the first item only, so that a sum stays true. */
function toItems(call: Call, response: ApiResponse, id: string): INodeExecutionData[] {
	const lines = readBatchLines(response);
	const cost = readCost(response.json, response);
	call.book(cost);
	if (!call.field('simplify', true)) {
		return (lines ?? [response.json]).map((json) => ({ json: json as IDataObject }));
	}
	const items = lines?.map((line) => toResultItem(line, id)) ?? [toBatchItem(response, id)];
	const payer = items.findIndex((json) => !('error' in json));
	return items.map((json, index) => ({
		json: { ...json, ...(index === payer && cost && { cost: { ...cost } }) },
	}));
}
