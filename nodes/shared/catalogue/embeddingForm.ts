import type { ModelForm } from '../../AimlApi/run/operation';

/** What 'Model Parameters' of an embedding model offers, wherever texts are embedded. */
export const embeddingForm: ModelForm = {
	ownProperties: ['model', 'input'],
	generalSchema: {
		type: 'object',
		required: [],
		properties: {
			dimensions: { type: 'integer', minimum: 1 },
			encoding_format: { type: 'string', enum: ['float', 'base64'] },
			input_type: { type: 'string' },
			task_type: { type: 'string' },
		},
	},
};
