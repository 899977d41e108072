import { chatVariantOf } from './chatVariants';
import { draftChoice, type Choice } from './choice';
import { readConversation } from './conversation';
import { callTools } from './toolCalls';
import { countTokens, type TokenCount } from './usage';
import { ApiError } from '../server/errors';
import type { ModelCall } from '../server/modelRoute';
import { costOf, costReport, type Cost } from '../models/pricing';

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

/** Answers a chat request: the body that goes out, and what it costs. */
export function complete({
	model,
	body,
	requestId,
}: Pick<ModelCall, 'model' | 'body' | 'requestId'>): {
	completion: Completion;
	cost: Cost;
} {
	const conversation = readConversation(body);
	const { choice: rewrite, extras, refuse } = chatVariantOf(model.variant);
	const refusal = refuse?.(body, conversation);
	if (refusal) throw new ApiError(400, refusal);
	const toolCalls = callTools(body, conversation, requestId);
	const choices = Array.from({ length: Number(body.n ?? 1) }, (_, index) => {
		const draft = draftChoice(body, conversation, toolCalls, index);
		return { index, ...(rewrite?.(draft, conversation) ?? draft), logprobs: null };
	});
	const usage = usageOf(countTokens(conversation, choices));
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
		...costReport(cost),
		...extras?.(),
	};
	return { completion, cost };
}

function usageOf({ prompt, completion, reasoning }: TokenCount): Usage {
	return {
		prompt_tokens: prompt,
		completion_tokens: completion,
		total_tokens: prompt + completion,
		prompt_tokens_details: { cached_tokens: 0 },
		completion_tokens_details: { reasoning_tokens: reasoning },
	};
}
