import { isRecord } from '../schema/jsonSchema';
import type { ChatAnswer, ToolCall } from '../chat/completion';
import { readUsage, type Usage } from '../transport/usage';

/** Reads an answer in Anthropic's form, as batches give it, into the words used for every chat. */
export function readMessage(message: Record<string, unknown>): ChatAnswer {
	const parts = partsOf(message.content);
	const reasoning = joinTexts(parts, 'thinking');
	const toolCalls = parts.filter(({ type }) => type === 'tool_use').map(readToolUse);
	const reason = String(message.stop_reason ?? 'end_turn');
	return {
		text: joinTexts(parts, 'text'),
		...(reasoning && { reasoning }),
		...(toolCalls.length && { toolCalls }),
		finishReason: FINISH_REASONS[reason] ?? reason,
	};
}

/** Its tokens; the total, which this form does not tell, is the sum. */
export function readMessageUsage(message: Record<string, unknown>): Usage | undefined {
	const usage = readUsage(message);
	if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return usage;
	return { ...usage, totalTokens: usage.totalTokens ?? usage.inputTokens + usage.outputTokens };
}

const FINISH_REASONS: Record<string, string> = {
	end_turn: 'stop',
	stop_sequence: 'stop',
	max_tokens: 'length',
	tool_use: 'tool_calls',
	refusal: 'content_filter',
};

function partsOf(content: unknown): Array<Record<string, unknown>> {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	return Array.isArray(content) ? content.filter(isRecord) : [];
}

const joinTexts = (parts: Array<Record<string, unknown>>, name: 'text' | 'thinking'): string =>
	parts.map((part) => (typeof part[name] === 'string' ? part[name] : '')).join('');

const readToolUse = ({ id, name, input }: Record<string, unknown>): ToolCall => ({
	id: String(id ?? ''),
	name: String(name ?? ''),
	arguments: input ?? {},
});
