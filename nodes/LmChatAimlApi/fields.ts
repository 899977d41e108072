import type { INodeProperties } from 'n8n-workflow';
import { extraBodyField, modelField, modelParametersField } from '../shared/descriptions/model';
import {
	chatTimeoutOption,
	fallbackModelsOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	modelOptionsField,
	retryOnTimeoutOption,
} from '../shared/descriptions/options';
import { responseFormatFields } from '../shared/descriptions/responseFormat';

export const chatModelFields: INodeProperties[] = [
	{
		...modelField,
		description: 'The model that answers. For an agent, choose one that takes tools.',
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
			{
				...fallbackModelsOption,
				description:
					'IDs of models to ask, in this order, when the chosen one is gone or stays overloaded. The run log says which model answered.',
			},
			maxRetriesOption,
			maxRateLimitWaitOption,
			retryOnTimeoutOption,
			{
				...chatTimeoutOption,
				description:
					'Seconds to wait for an answer, or for the next piece of one that streams. What took longer may have been charged, so it is not sent again.',
			},
		],
	},
];
