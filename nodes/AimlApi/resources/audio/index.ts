import type { INodeProperties } from 'n8n-workflow';
import { underRunPolicy } from '../../../shared/run/runPolicy';
import { composeFields } from './compose';
import { composeMusic } from './composeMusic';
import { speakFields } from './speak';
import { speakText } from './speakText';
import { transcribeFields } from './transcribe';
import { transcribeRecording } from './transcribeRecording';

export const audioDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['audio'] } },
		options: [
			{
				name: 'Generate Music',
				value: 'compose',
				action: 'Generate music',
				description: 'Make music or sound from a prompt, and wait until it is ready',
				routing: {
					request: { method: composeMusic.endpoint.method, url: composeMusic.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(composeMusic) },
				},
			},
			{
				name: 'Generate Speech',
				value: 'speak',
				action: 'Generate speech',
				description: 'Speak a text',
				routing: {
					request: { method: speakText.endpoint.method, url: speakText.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(speakText) },
				},
			},
			{
				name: 'Transcribe a Recording',
				value: 'transcribe',
				action: 'Transcribe a recording',
				description: 'Write down what is said in a recording',
				routing: {
					request: {
						method: transcribeRecording.endpoint.method,
						url: transcribeRecording.endpoint.path,
					},
					send: { paginate: true },
					operations: { pagination: underRunPolicy(transcribeRecording) },
				},
			},
		],
		default: 'speak',
	},
	...composeFields,
	...speakFields,
	...transcribeFields,
];
