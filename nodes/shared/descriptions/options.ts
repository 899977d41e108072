import type { INodeProperties } from 'n8n-workflow';
import { toOlderField } from './olderField';

// Options control how n8n runs a request; settings of the model are under 'Model Parameters'.

export const costLimitOption: INodeProperties = {
	displayName: 'Cost Limit (USD)',
	name: 'costLimit',
	type: 'number',
	default: 1,
	typeOptions: { minValue: 0 },
	description:
		'The most this node can spend per run. When reached, the remaining items fail without being sent. 0 means no limit.',
};

export const executionCostLimitOption: INodeProperties = {
	displayName: 'Execution Cost Limit (USD)',
	name: 'executionCostLimit',
	type: 'number',
	default: 1,
	typeOptions: { minValue: 0 },
	description:
		'The most that all AI/ML API nodes of this execution can spend together, chat models and embeddings included. When reached, this node sends no further requests. 0 means no limit.',
};

export const fallbackModelsOption: INodeProperties = {
	displayName: 'Fallback Models',
	name: 'fallbackModels',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Model' },
	default: [],
	placeholder: 'e.g. openai/gpt-4o-mini',
	description:
		'IDs of models to try, in order, if the chosen one is unavailable or overloaded. The output shows which one responded.',
};

export const itemsInParallelOption: INodeProperties = {
	displayName: 'Items in Parallel',
	name: 'itemsInParallel',
	type: 'number',
	default: 10,
	typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
	description: 'Max number of items to process at once. The output keeps their order.',
};

export const maxRetriesOption: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	default: 4,
	typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
	description: 'Max number of retries when the API is overloaded or unreachable',
};

export const maxRateLimitWaitOption: INodeProperties = {
	displayName: 'Max Wait for Rate Limit (Seconds)',
	name: 'maxRateLimitWait',
	type: 'number',
	default: 300,
	typeOptions: { minValue: 0 },
	description:
		'How long a request may wait when the API limits the rate. After that, the item fails. 0 means it fails right away.',
};

export const promptCachingOption: INodeProperties = {
	displayName: 'Prompt Caching',
	name: 'promptCaching',
	type: 'options',
	default: '5m',
	description:
		'How long the provider keeps the beginning of the prompt, so that reading it again costs less. Items that begin alike wait for the first of them. Only affects models that document cache breakpoints.',
	options: [
		{ name: '1 Hour', value: '1h', description: 'Costs more to write' },
		{ name: '5 Minutes', value: '5m' },
		{ name: 'Off', value: 'off' },
	],
};

export const requestIdOption: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-4711',
	description:
		'Your own ID to find the request in the API logs: up to 128 letters, digits, dots, colons, hyphens or underscores. By default, it is n8n, workflow ID, execution ID, node name and item number, separated by colons.',
};

export const retryOnTimeoutOption: INodeProperties = {
	displayName: 'Retry on Timeout',
	name: 'retryOnTimeout',
	type: 'boolean',
	default: false,
	description:
		"Whether to retry a request that timed out, up to 'Max Retries', and then try the fallback models. Each try may be charged.",
};

export const streamOption: INodeProperties = {
	displayName: 'Stream',
	name: 'stream',
	type: 'boolean',
	default: true,
	description:
		"Whether to read the response while it is written, so that 'Timeout' limits the time between two parts, not the whole response. By default, it is on when n8n streams the response.",
};

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	default: 300,
	typeOptions: { minValue: 0.1, maxValue: 86_400 },
	description:
		'How long to wait for a response or a file. A request that timed out may have been charged, so it is not sent again.',
};

/** Reasoning models may be silent for many minutes. */
export const chatTimeoutOption: INodeProperties = {
	...timeoutOption,
	default: 3600,
	description:
		"How long to wait for a response, or with 'Stream' for the next part of it. A request that timed out may have been charged, so it is sent again only with 'Retry on Timeout'.",
};

export const simplifyOption: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const simplifyField = toOlderField(simplifyOption);

/** 'Options' without any yet. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
};

/** 'Options' of an operation that only reads data. */
export const lookUpOptionsField: INodeProperties = {
	...optionsField,
	options: [
		itemsInParallelOption,
		maxRetriesOption,
		maxRateLimitWaitOption,
		simplifyOption,
		{ ...timeoutOption, description: 'How long to wait for a response or a file' },
	],
};
