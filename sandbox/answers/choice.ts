import type { Conversation } from './conversation';
import { sampleFromSchema } from './sampleFromSchema';
import { promptedSchema, withoutInstructions } from './promptedSchema';
import { replyTo } from './reply';
import type { ToolCall } from './toolCalls';
import { cutToTokens } from './tokens';
import type { Schema } from '../schema/openapi';

/** One answer of the model, in the API's form. */
export interface Choice {
	message: {
		role: 'assistant';
		content: string | Array<{ type: 'text'; text: string }> | null;
		reasoning?: string;
		reasoning_content?: string;
		images?: object[];
		tool_calls?: ToolCall[];
	};
	finish_reason: string;
}

type Body = Record<string, unknown>;

/** The answer in the usual form. `position` makes the choices of `n` differ. */
export function draftChoice(
	body: Body,
	conversation: Conversation,
	toolCalls: ToolCall[],
	position: number,
): Choice {
	if (toolCalls.length > 0) {
		return {
			message: { role: 'assistant', content: null, tool_calls: toolCalls },
			finish_reason: 'tool_calls',
		};
	}
	const text = writeContent(body, conversation, position);
	const limit = Number(body.max_completion_tokens ?? body.max_tokens ?? Infinity);
	const content = cutToTokens(text, limit);
	return {
		message: { role: 'assistant', content },
		finish_reason: content === text ? 'stop' : 'length',
	};
}

function writeContent(body: Body, conversation: Conversation, position: number): string {
	const format = (body.response_format ?? {}) as {
		type?: string;
		json_schema?: { schema?: Schema };
	};
	if (format.type === 'json_object') return JSON.stringify({ answer: replyTo(conversation) });
	if (format.type === 'json_schema') {
		const schema = format.json_schema?.schema ?? { type: 'object' };
		return JSON.stringify(sampleFromSchema(schema, conversation.userText));
	}
	const prompted = promptedSchema(conversation);
	if (prompted) {
		const value = sampleFromSchema(prompted, withoutInstructions(conversation.userText));
		return `\`\`\`json\n${JSON.stringify(value)}\n\`\`\``;
	}
	const reply = replyTo(conversation);
	return position === 0 ? reply : `${reply} (Version ${position + 1})`;
}
