import { parseChoices, type ToolCall as ApiToolCall } from '../shared/chat/completion';
import { parseReasoning, type Reasoning } from '../shared/chat/reasoning';
import { ApiError, type ApiErrorInfo } from '../shared/errors/ApiError';
import { isRecord } from '../shared/json';
import { unexpectedResponseError } from '../shared/transport/apiErrors';
import type { ApiResponse } from '../shared/transport/apiResponse';
import { parseCost, parseUsage, type Cost, type Usage } from '../shared/transport/usage';
import type { ToolCall } from './conversation';

/** What a model answered, and what that used up. */
export interface Answer {
	id: string;
	/** As the API names it. */
	model: string;
	text: string;
	reasoning?: Reasoning;
	calls: ToolCall[];
	/** In the API's words. */
	finishReason: string;
	usage?: Usage;
	cost?: Cost;
}

/**
 * Reads the first choice of a completion.
 *
 * @throws CallFailure when it has none, says nothing because it was stopped, or calls a tool with
 * arguments that cannot be read
 */
export function parseAnswer(body: unknown, response: ApiResponse, model: string): Answer {
	const [choice] = parseChoices(body);
	if (!isRecord(body) || !choice) throw new ApiError(unexpectedResponseError(response, 'choices'));
	const { text, toolCalls = [], finishReason } = choice;
	if (!text && !toolCalls.length) checkFinishReason(finishReason, model);
	return {
		id: String(body.id ?? ''),
		model: String(body.model ?? model),
		text,
		reasoning: parseReasoning(firstMessage(body)),
		calls: toolCalls.map((call) => toToolCall(call, finishReason, model)),
		finishReason,
		usage: parseUsage(body),
		cost: parseCost(body, response),
	};
}

function firstMessage({ choices }: Record<string, unknown>): Record<string, unknown> {
	const [choice] = (choices as unknown[]).filter(isRecord);
	return isRecord(choice.message) ? choice.message : {};
}

const TRUNCATED_REASONS = ['length', 'max_tokens'];
const FILTERED_REASONS = ['content_filter', 'refusal'];

/** Whether the answer ends at its token limit. */
export const isTruncated = ({ finishReason }: Pick<Answer, 'finishReason'>): boolean =>
	TRUNCATED_REASONS.includes(finishReason);

/** An agent would take an empty text for the answer and end with it. */
function checkFinishReason(finishReason: string, model: string): void {
	if (TRUNCATED_REASONS.includes(finishReason)) {
		throw invalidAnswerError(
			`The model ${model} reached its token limit before it said anything`,
			"Reasoning counts too. Raise the token limit in 'Model Parameters', or lower the reasoning effort.",
		);
	}
	if (FILTERED_REASONS.includes(finishReason)) {
		throw invalidAnswerError(
			`The model ${model} gave no answer: its content filter stopped it`,
			'Change the prompt or what the tools return, or choose another model.',
		);
	}
}

/** No arguments are none; anything but an object would reach the tool as something else. */
function toToolCall(
	{ id, name, arguments: given }: ApiToolCall,
	finishReason: string,
	model: string,
) {
	if (isRecord(given)) return { id, name, arguments: JSON.stringify(given) };
	if (given === null || given === undefined) return { id, name, arguments: '{}' };
	const written = typeof given === 'string' ? given : JSON.stringify(given);
	throw invalidAnswerError(
		`The model ${model} called the tool '${name}' with arguments that are no JSON object`,
		TRUNCATED_REASONS.includes(finishReason)
			? "They were cut off at the token limit. Raise it in 'Model Parameters'."
			: `The tool was not run. Run again; if it keeps happening, describe the tool's parameters more plainly or choose another model. It wrote: ${written.slice(0, 300)}`,
	);
}

const invalidAnswerError = (message: string, description: string): ApiError => {
	const info: ApiErrorInfo = { kind: 'unusableAnswer', message, description };
	return new ApiError(info);
};
