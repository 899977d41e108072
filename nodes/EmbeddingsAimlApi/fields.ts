import type { INodeProperties } from 'n8n-workflow';
import { NodeConnectionTypes } from '../shared/connectionTypes';
import {
	extraBodyField,
	extraBodyOption,
	modelField,
	modelParametersField,
} from '../shared/descriptions/model';
import {
	batchSizeOption,
	executionCostLimitOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	retryOnTimeoutOption,
	timeoutOption,
} from '../shared/descriptions/options';

/** Fields of the sub-node; `supplyEmbeddings` turns them into requests. */
export const embeddingsFields: INodeProperties[] = [
	{
		displayName: `This node must be connected to a vector store. <a data-action='openSelectiveNodeCreator' data-action-parameter-connectiontype='${NodeConnectionTypes.AiVectorStore}'>Insert one</a>`,
		name: 'notice',
		type: 'notice',
		default: '',
		typeOptions: { containerClass: 'ndv-connection-hint-notice' },
	},
	{
		...modelField,
		description:
			'The model to use. Use the same one to insert and to search: vectors of different models cannot be compared.',
	},
	modelParametersField,
	extraBodyField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			batchSizeOption,
			executionCostLimitOption,
			extraBodyOption,
			maxRetriesOption,
			maxRateLimitWaitOption,
			{
				...retryOnTimeoutOption,
				description:
					"Whether to retry a request that timed out, up to 'Max Retries'. Each try may be charged.",
			},
			timeoutOption,
		],
	},
];
