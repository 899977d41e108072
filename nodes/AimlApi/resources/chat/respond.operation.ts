import { parseChatResponse } from '../../../shared/chat/answer';
import { responsesDialect } from '../../../shared/chat/dialect';
import { RESPONSES } from '../../../shared/models/endpoints';
import { DEFAULT_CHAT_TIMEOUT } from '../../../shared/transport/options';
import type { Operation } from '../../run/operation';
import { executeChat } from './chat';
import { responsesParser } from './responsesOutput';

/** POST /v1/responses, the only endpoint of some models. */
export const respond: Operation = {
	endpoint: RESPONSES,
	modelForm: {
		excludedProperties: ['model', 'input', 'text'],
		defaultSchema: {
			type: 'object',
			required: [],
			properties: {
				instructions: { type: 'string' },
				max_output_tokens: { type: 'integer', minimum: 16 },
				parallel_tool_calls: { type: 'boolean' },
				previous_response_id: { type: 'string' },
				reasoning: { type: 'object' },
				store: { type: 'boolean' },
				temperature: { type: 'number', minimum: 0, maximum: 2 },
				tool_choice: {
					anyOf: [{ type: 'string', enum: ['none', 'auto', 'required'] }, { type: 'object' }],
				},
				tools: { type: 'array', items: { type: 'object' } },
				top_p: { type: 'number', minimum: 0, maximum: 1 },
			},
		},
	},
	checkResponse: (response, model) => parseChatResponse(response, responsesParser, model).error,
	timeout: DEFAULT_CHAT_TIMEOUT,
	execute: async (context) =>
		await executeChat(context, { dialect: responsesDialect, reader: responsesParser }),
};
