import type { INodeProperties } from 'n8n-workflow';
import { extraBodyOption } from '../../shared/descriptions/model';
import {
	costLimitOption,
	executionCostLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	simplifyOption,
	timeoutOption,
} from '../../shared/descriptions/options';

/** Options of operations that return files. */
export const downloadOption: INodeProperties = {
	displayName: 'Download',
	name: 'download',
	type: 'boolean',
	default: true,
	description: 'Whether to download the file. Its URL often expires within a day.',
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
	description: 'Whether to wait for the result. If off, returns the ID right away.',
};

export const pollIntervalOption: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	type: 'number',
	default: 10,
	typeOptions: { minValue: 0.05, maxValue: 86_400 },
	description: 'How often to check for the result. The first checks come sooner.',
};

export const maxWaitOption: INodeProperties = {
	displayName: 'Max Wait (Seconds)',
	name: 'maxWait',
	type: 'number',
	default: 900,
	typeOptions: { minValue: 0, maxValue: 604_800 },
	description: 'How long to wait for the result',
};

export const onMaxWaitOption: INodeProperties = {
	displayName: 'On Max Wait',
	name: 'onMaxWait',
	type: 'options',
	default: 'fail',
	description: "What to do if the result isn't ready in time. Generation continues in either case.",
	options: [
		{ name: 'Fail', value: 'fail', description: 'Fail with an error that contains the ID' },
		{
			name: 'Return Job',
			value: 'returnJob',
			description: "Return the ID, to use in 'Get a Video, Music or Transcription'",
		},
	],
};

/** 'Options' of an operation that returns files. */
export const mediaOptionsField: INodeProperties = {
	...modelOptionsField,
	options: [
		costLimitOption,
		downloadOption,
		executionCostLimitOption,
		extraBodyOption,
		fallbackModelsOption,
		itemsInParallelOption,
		maxRetriesOption,
		maxRateLimitWaitOption,
		outputFieldOption,
		requestIdOption,
		simplifyOption,
		timeoutOption,
	],
};

/** 'Options' of an operation that starts a generation and waits for its files. */
export const jobOptionsField: INodeProperties = {
	...modelOptionsField,
	options: [
		costLimitOption,
		downloadOption,
		executionCostLimitOption,
		extraBodyOption,
		fallbackModelsOption,
		itemsInParallelOption,
		maxRetriesOption,
		maxWaitOption,
		maxRateLimitWaitOption,
		onMaxWaitOption,
		pollIntervalOption,
		outputFieldOption,
		requestIdOption,
		simplifyOption,
		timeoutOption,
		waitForCompletionOption,
	],
};
