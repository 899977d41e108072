import type { ModelCall } from '../server/modelRoute';
import { costOf, costReport, type Cost } from '../models/pricing';
import { draftChoice } from './choice';
import { parseConversation } from './conversation';
import { pick } from '../pick';
import { asChatBody } from './responseInput';
import { RESPONSE_VARIANTS } from './responseVariants';
import { outputOf, type OutputItem } from './responseOutput';
import { callTools } from './toolCalls';
import { countTokens } from './usage';

/** A whole answer of `/v1/responses`. */
export interface Response {
	id: string;
	status: 'completed' | 'incomplete';
	output: OutputItem[];
	usage: object;
	[property: string]: unknown;
}

/** Answers a request to `/v1/responses`: the response body and its cost. */
export function respond({ model, body, requestId }: ModelCall): { response: Response; cost: Cost } {
	const chat = asChatBody(body);
	const conversation = parseConversation(chat);
	const toolCalls = callTools(chat, conversation, requestId);
	const choice = draftChoice(chat, conversation, toolCalls, 0);
	const thought = thinks({ model, body }) ? `The user wants: ${conversation.prompt}` : undefined;
	const output = outputOf(choice, requestId, thought);
	const isCut = choice.finish_reason === 'length';
	const counted = { ...choice, message: { ...choice.message, reasoning: thought } };
	const tokens = countTokens(conversation, [counted]);
	const quantities = { input_token: tokens.prompt, output_token: tokens.completion };
	const cost = costOf(model.pricing, quantities, body);
	const response: Response = {
		id: `resp_${requestId}`,
		object: 'response',
		created_at: Math.floor(Date.now() / 1000),
		status: isCut ? 'incomplete' : 'completed',
		error: null,
		incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
		instructions: body.instructions ?? null,
		model: model.id,
		output: pick(RESPONSE_VARIANTS, model.variant)?.(output) ?? output,
		previous_response_id: body.previous_response_id ?? null,
		usage: {
			input_tokens: tokens.prompt,
			input_tokens_details: { cached_tokens: 0 },
			output_tokens: tokens.completion,
			output_tokens_details: { reasoning_tokens: tokens.reasoning },
			total_tokens: tokens.prompt + tokens.completion,
		},
		...costReport(cost),
	};
	return { response, cost };
}

/** Whether the model reasons: always, or if the body requests it. */
const thinks = ({ model, body }: Pick<ModelCall, 'model' | 'body'>): boolean =>
	Boolean(body.reasoning) || /(^|\/)o\d|-pro$/.test(model.id);
