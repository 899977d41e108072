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
				description: 'Generate music or sound from a prompt',
				routing: toRouting(compose, composeFields),
			},
			{
				name: 'Generate Speech',
				value: 'speak',
				action: 'Generate speech',
				description: 'Convert text to speech',
				routing: toRouting(speak, speakFields),
			},
			{
				name: 'Transcribe a Recording',
				value: 'transcribe',
				action: 'Transcribe a recording',
				description: 'Transcribe audio to text',
				routing: toRouting(transcribe, transcribeFields),
			},
		],
		default: 'speak',
	},
	fields: { compose: composeFields, speak: speakFields, transcribe: transcribeFields },
};
