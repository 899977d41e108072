import { completionsParser, parseChatResponse } from '../../../shared/chat/answer';
import { completionsDialect } from '../../../shared/chat/dialect';
import { defaultChatSchema } from '../../../shared/chat/schema';
import { CHAT_COMPLETIONS } from '../../../shared/models/endpoints';
import { DEFAULT_CHAT_TIMEOUT } from '../../../shared/transport/options';
import type { Operation } from '../../run/operation';
import { executeChat } from './chat';

/** POST /v1/chat/completions. */
export const complete: Operation = {
	endpoint: CHAT_COMPLETIONS,
	modelForm: {
		excludedProperties: ['model', 'messages', 'response_format'],
		defaultSchema: defaultChatSchema,
	},
	checkResponse: (response, model) => parseChatResponse(response, completionsParser, model).error,
	timeout: DEFAULT_CHAT_TIMEOUT,
	execute: async (context) =>
		await executeChat(context, { dialect: completionsDialect, reader: completionsParser }),
};
