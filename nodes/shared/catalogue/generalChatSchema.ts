import type { ObjectSchema } from '../schema/jsonSchema';

/**
 * The parameters that at least half of the API's documented chat models take. Ranges are those most
 * of them share; they are labels here, since without the model's own schema nothing is checked.
 */
export const generalChatSchema: ObjectSchema = {
	type: 'object',
	required: [],
	properties: {
		max_tokens: { type: 'number', minimum: 1 },
		max_completion_tokens: { type: 'integer', minimum: 1 },
		temperature: { type: 'number', minimum: 0, maximum: 2 },
		top_p: { type: 'number', minimum: 0.01, maximum: 1 },
		stop: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
		seed: { type: 'integer', minimum: 1 },
		frequency_penalty: { type: 'number', minimum: -2, maximum: 2 },
		presence_penalty: { type: 'number', minimum: -2, maximum: 2 },
		reasoning_effort: { enum: ['low', 'medium', 'high'] },
		tools: { type: 'array', items: { type: 'object' } },
		tool_choice: {
			anyOf: [{ type: 'string', enum: ['none', 'auto', 'required'] }, { type: 'object' }],
		},
		parallel_tool_calls: { type: 'boolean' },
		logprobs: { type: 'boolean' },
		top_logprobs: { type: 'number', minimum: 0, maximum: 20 },
		top_k: { type: 'number' },
		provider: { type: 'string' },
	},
};
