import type { INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { BATCH_CANCEL } from '../../../shared/models/endpoints';
import type { Operation } from '../../run/operation';
import { simplify } from '../../run/simplify';
import { batchIdField, getBatchId } from './batchId';
import { toBatchItem } from './results';

/** Fields of 'Cancel a Batch'. */
export const cancelFields: INodeProperties[] = [batchIdField, simplifyField, lookUpOptionsField];

/** POST /v1/batches/cancel/{id}: requests that haven't started are not processed. */
export const cancelBatch: Operation = {
	endpoint: BATCH_CANCEL,
	async execute(context) {
		const id = getBatchId(context);
		const path = `${BATCH_CANCEL.path}/${encodeURIComponent(id)}`;
		const response = await context.send(undefined, path);
		return await simplify(context, response, () => [{ json: toBatchItem(response, id) }]);
	},
};
