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
	optionsField,
	promptCachingOption,
	retryOnTimeoutOption,
} from '../shared/descriptions/options';
import { responseFormatFields } from '../shared/descriptions/responseFormat';

export const chatModelFields: INodeProperties[] = [
	{
		...modelField,
		description: 'The model to use. For an agent, choose one that supports tools.',
	},
	{
		...modelParametersField,
		typeOptions: { ...modelParametersField.typeOptions, loadOptionsDependsOn: ['model.value'] },
	},
	extraBodyField,
	...responseFormatFields,
	{
		...optionsField,
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
			{
				...promptCachingOption,
				description:
					'How long the provider keeps the beginning of the prompt, so that reading it again costs less. Only affects models that document cache breakpoints.',
			},
			retryOnTimeoutOption,
			{
				...chatTimeoutOption,
				description:
					"How long to wait for a response, or for the next part of a streamed one. A request that timed out may have been charged, so it is sent again only with 'Retry on Timeout'.",
			},
		],
	},
];
