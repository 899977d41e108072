import { completionsDialect } from '../../../shared/chat/dialect';
import { generalChatSchema } from '../../../shared/chat/schema';
import { CHAT_COMPLETIONS } from '../../../shared/models/endpoints';
import type { Operation } from '../../run/operation';
import { answerChat } from './chat';
import { completionsReader } from './completion';

/** POST /v1/chat/completions. */
export const completeChat: Operation = {
	endpoint: CHAT_COMPLETIONS,
	modelForm: {
		ownProperties: ['model', 'messages', 'response_format'],
		generalSchema: generalChatSchema,
	},
	perform: async (call) =>
		await answerChat(call, { dialect: completionsDialect, reader: completionsReader }),
};
