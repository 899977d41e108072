import type { INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	extraBodyOption,
	modelField,
	modelParametersField,
} from '../shared/descriptions/model';
import {
	chatTimeoutOption,
	executionCostLimitOption,
	fallbackModelsOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	modelOptionsField,
	promptCachingOption,
	retryOnTimeoutOption,
} from '../shared/descriptions/options';
import { responseFormatFields } from '../shared/descriptions/responseFormat';

export const chatModelFields: INodeProperties[] = [
	{
		...modelField,
		description: 'The model to use. For an agent, choose one that supports tools.',
	},
	...responseFormatFields,
	{
		...modelParametersField,
		typeOptions: { ...modelParametersField.typeOptions, loadOptionsDependsOn: ['model.value'] },
	},
	extraBodyField,
	{
		...modelOptionsField,
		options: [
			executionCostLimitOption,
			extraBodyOption,
			{
				...fallbackModelsOption,
				description:
					'IDs of models to try, in order, if the chosen one is unavailable or overloaded. The run log shows which one responded.',
			},
			maxRetriesOption,
			maxRateLimitWaitOption,
			promptCachingOption,
			retryOnTimeoutOption,
			{
				...chatTimeoutOption,
				description:
					'How long to wait for a response, or for the next part of a streamed one. A request that took longer may have been charged, so it is not sent again.',
			},
		],
	},
];
