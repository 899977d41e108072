import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import {
	maxWaitOption,
	onMaxWaitOption,
	pollIntervalOption,
	waitForCompletionOption,
} from '../../descriptions/mediaOptions';
import {
	itemsInParallelOption,
	maxRetriesOption,
	modelOptionsField,
	simplifyField,
	timeoutOption,
} from '../../../shared/descriptions/options';
import { batchIdField } from './batchId';

const properties: INodeProperties[] = [
	batchIdField,
	simplifyField,
	{
		...modelOptionsField,
		options: [
			itemsInParallelOption,
			maxRetriesOption,
			{
				...maxWaitOption,
				default: 3600,
				description: 'Seconds to wait for the results at most',
			},
			{
				...onMaxWaitOption,
				description: 'What to do when the batch has not ended by then. It goes on either way.',
				options: [
					{ name: 'Fail', value: 'fail', description: 'The item fails, with the ID in the error' },
					{
						name: 'Return Status',
						value: 'returnJob',
						description: 'An item says how the batch goes',
					},
				],
			},
			{
				...pollIntervalOption,
				default: 60,
				description: 'Seconds between two looks at the batch at most. The first looks are sooner.',
			},
			timeoutOption,
			{
				...waitForCompletionOption,
				description:
					'Whether to wait until the results are there. Otherwise an item says how the batch goes until then.',
			},
		],
	},
];

/** Fields of 'Get a Batch'; what they mean for the request stands in `getBatch`. */
export const getFields = updateDisplayOptions(
	{ show: { resource: ['batch'], operation: ['get'] } },
	properties,
);
