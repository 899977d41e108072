import type { IDataObject } from 'n8n-workflow';
import { BATCH_CANCEL } from '../../../shared/models/endpoints';
import { toBatchItem } from './results';
import type { Operation } from '../../run/operation';
import { readBatchId } from './batchId';

/** POST /v1/batches/cancel/{id}: what has not had its turn yet will not be worked on. */
export const cancelBatch: Operation = {
	endpoint: BATCH_CANCEL,
	async perform(call) {
		const id = readBatchId(call);
		const path = `${BATCH_CANCEL.path}/${encodeURIComponent(id)}`;
		const response = await call.send(undefined, path);
		if (!call.field('simplify', true)) return [{ json: response.json as IDataObject }];
		return [{ json: toBatchItem(response, id) }];
	},
};
