import type { INodeProperties } from 'n8n-workflow';
import { createModelOptions } from './modelFields';

const downloadOption: INodeProperties = {
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
			name: 'Return ID',
			value: 'returnJob',
			description: "Return the ID, to use in 'Get a Video, Music or Transcription'",
		},
	],
};

/** Options of operations that return files. */
export const fileOptions = [downloadOption, outputFieldOption];

/** Options of operations that wait for a job. */
export const jobOptions = [
	maxWaitOption,
	onMaxWaitOption,
	pollIntervalOption,
	waitForCompletionOption,
];

/** 'Options' of an operation that returns files. */
export const mediaOptionsField = createModelOptions(...fileOptions);

/** 'Options' of an operation that starts a generation and waits for its files. */
export const jobOptionsField = createModelOptions(...fileOptions, ...jobOptions);
