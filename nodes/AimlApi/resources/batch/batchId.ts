import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../../../shared/errors/InputError';
import type { ItemContext } from '../../run/operation';

export const batchIdField: INodeProperties = {
	displayName: 'Batch ID',
	name: 'batchId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.batchId }}',
	description: 'The ID that creating the batch returned',
};

/** @throws InputError when it is empty */
export function getBatchId(context: ItemContext): string {
	const id = String(context.getField<unknown>('batchId', '') ?? '').trim();
	if (id) return id;
	throw new InputError(
		"'Batch ID' is empty",
		'Enter the ID that creating the batch returned. If it is an expression, check that the field it reads exists on this item.',
	);
}
