import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { compose, composeFields } from './compose.operation';
import { speak, speakFields } from './speak.operation';
import { transcribe, transcribeFields } from './transcribe.operation';

export const audioDescription: ResourceDescription = {
	resource: 'audio',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Generate Music',
				value: 'compose',
				action: 'Generate music',
				description: 'Make music or sound from a prompt, and wait until it is ready',
				routing: toRouting(compose, composeFields),
			},
			{
				name: 'Generate Speech',
				value: 'speak',
				action: 'Generate speech',
				description: 'Speak a text',
				routing: toRouting(speak, speakFields),
			},
			{
				name: 'Transcribe a Recording',
				value: 'transcribe',
				action: 'Transcribe a recording',
				description: 'Write down what is said in a recording',
				routing: toRouting(transcribe, transcribeFields),
			},
		],
		default: 'speak',
	},
	fields: { compose: composeFields, speak: speakFields, transcribe: transcribeFields },
};
