import type { FinishReason, MessageContent, StreamChunk, TokenUsage } from '@n8n/ai-node-sdk';
import { endingOf, type Ending } from '../../shared/chat/finishReason';
import type { Usage } from '../../shared/transport/usage';
import type { Answer } from './parseAnswer';

/** An answer as a message of n8n's SDK. */
export const toContent = ({ text, calls }: Answer): MessageContent[] => [
	...(text ? [{ type: 'text' as const, text }] : []),
	...calls.map(({ id, name, arguments: given }) => ({
		type: 'tool-call' as const,
		toolCallId: id,
		toolName: name,
		input: given,
	})),
];

/** A piece of a streamed answer; nothing for an empty text. */
export const toTextDelta = (delta: string): StreamChunk[] =>
	delta ? [{ type: 'text-delta', delta }] : [];

/** n8n joins the pieces of calls by id alone, so each call goes out in one piece. */
export const toCallDelta = ({
	id,
	name,
	arguments: given,
}: Answer['calls'][number]): StreamChunk => ({
	type: 'tool-call-delta',
	id,
	name,
	argumentsDelta: given,
});

/** The API's words, whoever's they are, in those of the SDK. */
const FINISH_REASONS: Record<Ending, FinishReason> = {
	stop: 'stop',
	length: 'length',
	filter: 'content-filter',
	toolCalls: 'tool-calls',
	error: 'error',
	other: 'other',
};

export const toFinishReason = ({ finishReason }: Answer): FinishReason =>
	FINISH_REASONS[endingOf(finishReason)];

export function toTokenUsage(usage: Usage | undefined): TokenUsage | undefined {
	if (!usage) return undefined;
	const { inputTokens = 0, outputTokens = 0, reasoningTokens: reasoning } = usage;
	return {
		promptTokens: inputTokens,
		completionTokens: outputTokens,
		totalTokens: usage.totalTokens ?? inputTokens + outputTokens,
		...(reasoning !== undefined && { outputTokenDetails: { reasoning } }),
	};
}
