import { chatVariantOf } from './chatVariants';
import { draftChoice, type Choice } from './choice';
import { parseConversation } from './conversation';
import { callTools } from './toolCalls';
import { countTokens, type TokenCount } from './usage';
import type { CachedTokens } from '../server/promptCache';
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
	prompt_tokens_details: { cached_tokens: number; cache_write_tokens?: number };
	completion_tokens_details: { reasoning_tokens: number };
}

/** Answers a chat request: the response body and its cost. */
export function complete(
	{ model, body, requestId }: Pick<ModelCall, 'model' | 'body' | 'requestId'>,
	cached: CachedTokens = { read: 0, written: 0 },
): {
	completion: Completion;
	cost: Cost;
} {
	const conversation = parseConversation(body);
	const { choice: rewrite, extras, refuse } = chatVariantOf(model.variant);
	const refusal = refuse?.(body, conversation);
	if (refusal) throw new ApiError(400, refusal);
	const toolCalls = callTools(body, conversation, requestId);
	const choices = Array.from({ length: Number(body.n ?? 1) }, (_, index) => {
		const draft = draftChoice(body, conversation, toolCalls, index);
		return { index, ...(rewrite?.(draft, conversation) ?? draft), logprobs: null };
	});
	const usage = usageOf(countTokens(conversation, choices), cached);
	const cost = costOf(
		model.pricing,
		{
			input_token: usage.prompt_tokens - cached.read * CACHE_DISCOUNT,
			output_token: usage.completion_tokens,
		},
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

/** What is read from the cache is billed at a tenth. */
const CACHE_DISCOUNT = 0.9;

function usageOf(
	{ prompt, completion, reasoning }: TokenCount,
	{ read, written }: CachedTokens,
): Usage {
	return {
		prompt_tokens: prompt,
		completion_tokens: completion,
		total_tokens: prompt + completion,
		prompt_tokens_details: {
			cached_tokens: read,
			...(written && { cache_write_tokens: written }),
		},
		completion_tokens_details: { reasoning_tokens: reasoning },
	};
}
