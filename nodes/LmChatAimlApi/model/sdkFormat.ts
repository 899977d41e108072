import type { FinishReason, MessageContent, StreamChunk, TokenUsage } from '@n8n/ai-node-sdk';
import { endingOf, type Ending } from '../../shared/chat/finishReason';
import type { Usage } from '../../shared/transport/usage';
import type { Answer } from './parseAnswer';

/** The content of an answer in the form of n8n's SDK. */
export const toContent = ({ text, calls }: Answer): MessageContent[] => [
	...(text ? [{ type: 'text' as const, text }] : []),
	...calls.map(({ id, name, arguments: given }) => ({
		type: 'tool-call' as const,
		toolCallId: id,
		toolName: name,
		input: given,
	})),
];

/** A text chunk of a streamed answer; none for an empty text. */
export const toTextDelta = (delta: string): StreamChunk[] =>
	delta ? [{ type: 'text-delta', delta }] : [];

/** A complete tool call, since n8n joins fragments by ID only. */
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

/** The SDK's finish reasons. */
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
