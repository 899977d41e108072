import { behaviourOf } from './behaviours';
import { draftChoice } from './choice';
import type { Choice } from './choice';
import { readConversation } from './conversation';
import { tokensIn } from './tokens';
import { callTools } from './toolCalls';
import type { ModelCall } from '../modelRoute';
import { costOf } from '../models/pricing';
import type { Cost } from '../models/pricing';

/** A whole answer of `/v1/chat/completions`. */
export interface Completion {
	id: string;
	object: 'chat.completion';
	/** Seconds since 1970. */
	created: number;
	model: string;
	choices: Array<Choice & { index: number; logprobs: null }>;
	usage: Usage;
	meta: { usage: { credits_used: number; usd_spent: number } };
	[extra: string]: unknown;
}

interface Usage {
	prompt_tokens: number;
	completion_tokens: number;
	total_tokens: number;
	prompt_tokens_details: { cached_tokens: number };
	completion_tokens_details: { reasoning_tokens: number };
}

const tokensPerAttachment = 85;

/** Answers a chat request: the body that goes out, and what it costs. */
export function complete({ model, body, requestId }: ModelCall): {
	completion: Completion;
	cost: Cost;
} {
	const conversation = readConversation(body);
	const { choice: rewrite, extras } = behaviourOf(model.behaviour);
	const toolCalls = callTools(body, conversation, requestId);
	const choices = Array.from({ length: Number(body.n ?? 1) }, (_, index) => {
		const draft = draftChoice(body, conversation, toolCalls, index);
		return { index, ...(rewrite?.(draft, conversation) ?? draft), logprobs: null };
	});
	const promptTokens =
		tokensIn(conversation.length) + conversation.attachments.length * tokensPerAttachment;
	const usage = countUsage(promptTokens, choices);
	const cost = costOf(
		model.pricing,
		{ input_token: usage.prompt_tokens, output_token: usage.completion_tokens },
		body,
	);
	const completion: Completion = {
		id: `chatcmpl-${requestId}`,
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model: model.id,
		choices,
		usage,
		meta: { usage: { credits_used: cost.credits, usd_spent: cost.usd } },
		...extras?.(),
	};
	return { completion, cost };
}

function countUsage(promptTokens: number, choices: Choice[]): Usage {
	const tokensOf = (texts: string[]) => tokensIn(texts.join('').length);
	const reasoning = choices.map(
		({ message }) => message.reasoning ?? message.reasoning_content ?? '',
	);
	const reasoningTokens = tokensOf(reasoning);
	const completionTokens =
		reasoningTokens + tokensOf(choices.map(({ message }) => textOf(message)));
	return {
		prompt_tokens: promptTokens,
		completion_tokens: completionTokens,
		total_tokens: promptTokens + completionTokens,
		prompt_tokens_details: { cached_tokens: 0 },
		completion_tokens_details: { reasoning_tokens: reasoningTokens },
	};
}

/** All that the model wrote into a message, thoughts aside. */
function textOf({ content, tool_calls = [] }: Choice['message']): string {
	const calls = tool_calls.map((call) => call.function.name + call.function.arguments).join('');
	if (Array.isArray(content)) return content.map(({ text }) => text).join('') + calls;
	return (content ?? '') + calls;
}
