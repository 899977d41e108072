import type { ObjectSchema } from '../../../shared/schema/jsonSchema';

/** What `params` of a request takes, as the endpoint documents it, the same for all its models. */
export const batchParameterSchema: ObjectSchema = {
	type: 'object',
	required: [],
	properties: {
		max_tokens: { type: 'number', minimum: 1, default: 1024 },
		temperature: { type: 'number', minimum: 0, maximum: 1, default: 1 },
		top_p: { type: 'number' },
		top_k: { type: 'number' },
		stop_sequences: { type: 'array', items: { type: 'string' } },
		system: { type: 'string' },
		thinking: {
			anyOf: [
				{
					type: 'object',
					properties: {
						type: { type: 'string', enum: ['enabled'] },
						budget_tokens: { type: 'integer', minimum: 1024 },
						display: { type: 'string', enum: ['summarized', 'omitted'] },
					},
					required: ['type', 'budget_tokens'],
				},
				{
					type: 'object',
					properties: {
						type: { type: 'string', enum: ['adaptive'] },
						display: { type: 'string', enum: ['summarized', 'omitted'] },
					},
					required: ['type'],
				},
				{
					type: 'object',
					properties: { type: { type: 'string', enum: ['disabled'] } },
					required: ['type'],
				},
			],
		},
		tools: { type: 'array', items: { type: 'object' } },
		tool_choice: { type: 'object' },
		metadata: { type: 'object', additionalProperties: { type: 'string' } },
	},
};
