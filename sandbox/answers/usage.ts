import type { Choice } from './choice';
import type { Conversation } from './conversation';
import { tokensIn } from './tokens';

/** Tokens of a request and its response. */
export interface TokenCount {
	prompt: number;
	reasoning: number;
	/** Reasoning included. */
	completion: number;
}

const TOKENS_PER_ATTACHMENT = 85;

/** Counts input and output tokens. */
export function countTokens(conversation: Conversation, choices: Choice[]): TokenCount {
	const tokensOf = (texts: string[]) => tokensIn(texts.join('').length);
	const reasoning = tokensOf(
		choices.map(({ message }) => message.reasoning ?? message.reasoning_content ?? ''),
	);
	return {
		prompt: tokensIn(conversation.length) + conversation.attachments.length * TOKENS_PER_ATTACHMENT,
		reasoning,
		completion: reasoning + tokensOf(choices.map(({ message }) => textOf(message))),
	};
}

/** All text of a message except reasoning. */
function textOf({ content, tool_calls = [] }: Choice['message']): string {
	const calls = tool_calls.map((call) => call.function.name + call.function.arguments).join('');
	if (Array.isArray(content)) return content.map(({ text }) => text).join('') + calls;
	return (content ?? '') + calls;
}
