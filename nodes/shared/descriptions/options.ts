import type { INodeProperties } from 'n8n-workflow';

/** How n8n runs a request; nothing here reaches the model. */
export const batchSizeOption: INodeProperties = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	default: 100,
	typeOptions: { minValue: 1, numberPrecision: 0 },
	description: 'How many texts go into one request at most',
};

export const costLimitOption: INodeProperties = {
	displayName: 'Cost Limit',
	name: 'costLimit',
	type: 'number',
	default: 1,
	typeOptions: { minValue: 0, numberPrecision: 6 },
	description:
		'US dollars that one run of the node may spend. Once they are spent, the remaining items fail without being sent. 0 means no limit.',
};

export const fallbackModelsOption: INodeProperties = {
	displayName: 'Fallback Models',
	name: 'fallbackModels',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Model' },
	default: [],
	placeholder: 'e.g. openai/gpt-4o-mini',
	description:
		'IDs of models to ask, in this order, when the chosen one is gone or stays overloaded. The output says which model answered.',
};

export const itemsInParallelOption: INodeProperties = {
	displayName: 'Items in Parallel',
	name: 'itemsInParallel',
	type: 'number',
	default: 10,
	typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
	description: 'How many items are sent at the same time at most. Their order is kept.',
};

export const maxRetriesOption: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	default: 4,
	typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
	description:
		'How often a request is sent again at most when the API is overloaded or cannot be reached. What would be refused again is never sent twice.',
};

export const maxRateLimitWaitOption: INodeProperties = {
	displayName: 'Max Wait for Rate Limit (Seconds)',
	name: 'maxRateLimitWait',
	type: 'number',
	default: 300,
	typeOptions: { minValue: 0 },
	description:
		'How long a request that exceeds the rate limit of the API waits and is sent again before its item fails. 0 means that it fails at once.',
};

export const requestIdOption: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-4711',
	description:
		'Your own name for the request, by which you find it in the logs of the API: 1 to 128 letters, digits, dots, colons, hyphens or underscores',
};

export const retryOnTimeoutOption: INodeProperties = {
	displayName: 'Retry on Timeout',
	name: 'retryOnTimeout',
	type: 'boolean',
	default: false,
	description:
		"Whether a request that brought no answer in time is sent again, up to 'Max Retries', and then to the fallback models. Each of them may be charged.",
};

export const streamOption: INodeProperties = {
	displayName: 'Stream',
	name: 'stream',
	type: 'boolean',
	default: true,
	description:
		"Whether to read the answer as it is written: 'Timeout' then limits the silence between two pieces, not the whole answer. On by itself, with the text handed on piece by piece, when n8n streams the response.",
};

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	default: 300,
	typeOptions: { minValue: 0.1, maxValue: 86_400, numberPrecision: 1 },
	description:
		'Seconds to wait for an answer, or for a file of it, before the item fails. What took longer may have been charged, so it is not sent again.',
};

/** Models that think may write nothing for many minutes. */
export const chatTimeoutOption: INodeProperties = {
	...timeoutOption,
	default: 3600,
	description:
		"Seconds to wait for an answer, or with 'Stream' for its next piece, before the item fails. What took longer may have been charged, so it is not sent again.",
};

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** 'Options' of an operation that asks a model. Here and elsewhere sorted by display name. */
export const modelOptionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		costLimitOption,
		fallbackModelsOption,
		itemsInParallelOption,
		maxRetriesOption,
		maxRateLimitWaitOption,
		requestIdOption,
		retryOnTimeoutOption,
		timeoutOption,
	],
};

/** 'Options' of an operation that only looks something up. */
export const lookUpOptionsField: INodeProperties = {
	...modelOptionsField,
	options: [itemsInParallelOption, maxRetriesOption, maxRateLimitWaitOption, timeoutOption],
};
