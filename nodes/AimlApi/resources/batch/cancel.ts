import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { batchIdField } from './batchId';

const properties: INodeProperties[] = [batchIdField, simplifyField, lookUpOptionsField];

/** Fields of 'Cancel a Batch'; what they mean for the request stands in `cancelBatch`. */
export const cancelFields = updateDisplayOptions(
	{ show: { resource: ['batch'], operation: ['cancel'] } },
	properties,
);
