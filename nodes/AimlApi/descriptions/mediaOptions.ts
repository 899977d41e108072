import type { INodeProperties } from 'n8n-workflow';
import {
	costLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	timeoutOption,
} from '../../shared/descriptions/options';

/** Options of operations that make files. */
export const downloadOption: INodeProperties = {
	displayName: 'Download',
	name: 'download',
	type: 'boolean',
	default: true,
	description:
		'Whether to fetch the file into the output at once. Its address often expires within a day.',
};

export const outputFieldOption: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputField',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
};

/** Options of operations that start a job and wait for it. */
export const waitForCompletionOption: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: true,
	description:
		"Whether to wait until the generation is ready. Otherwise its ID comes out at once, for 'Get a Generation'.",
};

export const pollIntervalOption: INodeProperties = {
	displayName: 'Poll Interval',
	name: 'pollInterval',
	type: 'number',
	default: 10,
	typeOptions: { minValue: 0.05, maxValue: 86_400, numberPrecision: 2 },
	description: 'Seconds between two looks at the generation at most. The first looks are sooner.',
};

export const maxWaitOption: INodeProperties = {
	displayName: 'Max Wait',
	name: 'maxWait',
	type: 'number',
	default: 900,
	typeOptions: { minValue: 0, maxValue: 604_800 },
	description: 'Seconds to wait for the generation at most',
};

export const onMaxWaitOption: INodeProperties = {
	displayName: 'On Max Wait',
	name: 'onMaxWait',
	type: 'options',
	default: 'fail',
	description: 'What to do when the generation is not ready by then. It goes on either way.',
	options: [
		{ name: 'Fail', value: 'fail', description: 'The item fails, with the ID in the error' },
		{
			name: 'Return Job',
			value: 'returnJob',
			description: "The ID comes out as an item, for 'Get a Generation'",
		},
	],
};

/** 'Options' of an operation that answers with files. */
export const mediaOptionsField: INodeProperties = {
	...modelOptionsField,
	options: [
		costLimitOption,
		downloadOption,
		fallbackModelsOption,
		itemsInParallelOption,
		maxRetriesOption,
		maxRateLimitWaitOption,
		outputFieldOption,
		requestIdOption,
		timeoutOption,
	],
};

/** 'Options' of an operation that starts a generation and waits for its files. */
export const jobOptionsField: INodeProperties = {
	...modelOptionsField,
	options: [
		costLimitOption,
		downloadOption,
		fallbackModelsOption,
		itemsInParallelOption,
		maxRetriesOption,
		maxWaitOption,
		maxRateLimitWaitOption,
		onMaxWaitOption,
		pollIntervalOption,
		outputFieldOption,
		requestIdOption,
		timeoutOption,
		waitForCompletionOption,
	],
};
