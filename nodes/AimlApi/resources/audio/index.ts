import type { INodeProperties } from 'n8n-workflow';
import { routeTo } from '../../properties';
import { composeFields, composeMusic } from './compose.operation';
import { speakFields, speakText } from './speak.operation';
import { transcribeFields, transcribeRecording } from './transcribe.operation';

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
				routing: routeTo(composeMusic),
			},
			{
				name: 'Generate Speech',
				value: 'speak',
				action: 'Generate speech',
				description: 'Speak a text',
				routing: routeTo(speakText),
			},
			{
				name: 'Transcribe a Recording',
				value: 'transcribe',
				action: 'Transcribe a recording',
				description: 'Write down what is said in a recording',
				routing: routeTo(transcribeRecording),
			},
		],
		default: 'speak',
	},
	...composeFields,
	...speakFields,
	...transcribeFields,
];
