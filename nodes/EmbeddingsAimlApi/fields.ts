import type { INodeProperties } from 'n8n-workflow';
import { NodeConnectionTypes } from '../shared/connectionTypes';
import {
	extraBodyField,
	extraBodyOption,
	modelField,
	modelParametersField,
} from '../shared/descriptions/model';
import {
	executionCostLimitOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	optionsField,
	retryOnTimeoutOption,
	timeoutOption,
} from '../shared/descriptions/options';
import { batchSizeOption } from '../shared/embeddings/batchSize';

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
		...optionsField,
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
			{
				...timeoutOption,
				description:
					"How long to wait for a response. A request that timed out may have been charged, so it is sent again only with 'Retry on Timeout'.",
			},
		],
	},
];
