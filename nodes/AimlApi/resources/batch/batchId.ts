import type { INodeProperties } from 'n8n-workflow';
import { parseId } from '../../run/idField';
import type { ItemContext } from '../../run/operation';

export const batchIdField: INodeProperties = {
	displayName: 'Batch ID',
	name: 'batchId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.batchId }}',
	description: 'The ID returned when the batch was created',
};

/** @throws InputError if it is empty or isn't text */
export function getBatchId(context: ItemContext): string {
	return parseId(context.getField<unknown>('batchId', ''), 'Batch ID', 'creating the batch');
}
