import { emptyAnswerError } from '../../shared/chat/answer';
import type { AnswerFile } from '../../shared/chat/answerFiles';
import {
	firstMessage,
	parseChoices,
	type ChatAnswer,
	type ToolCall as ApiToolCall,
} from '../../shared/chat/completion';
import { endingOf } from '../../shared/chat/finishReason';
import { parseReasoning, type Reasoning } from '../../shared/chat/reasoning';
import { ApiError } from '../../shared/errors/ApiError';
import { isRecord, tryStringify } from '../../shared/json';
import { errorInBody, unexpectedResponseError } from '../../shared/transport/apiErrors';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { parseCost, parseUsage, type Cost, type Usage } from '../../shared/transport/usage';
import type { ToolCall } from './conversation';

/** An answer, with its usage and cost. */
export interface Answer {
	id: string;
	/** As named by the API. */
	model: string;
	text: string;
	reasoning?: Reasoning;
	calls: ToolCall[];
	/** Images and other files that the model generated. */
	files: AnswerFile[];
	/** As named by the API. */
	finishReason: string;
	usage?: Usage;
	cost?: Cost;
	/** What n8n must keep in case another process continues; see `toCarriedAnswer`. */
	carried?: string;
}

/**
 * Parses the first choice of a completion.
 *
 * @throws ApiError if there is none, it reports an error or is empty, or a tool call is invalid
 */
export function parseAnswer(body: unknown, response: ApiResponse, model: string): Answer {
	const [choice] = parseChoices(body);
	if (!isRecord(body) || !choice) throw new ApiError(unexpectedResponseError(response, 'choices'));
	if (choice.error !== undefined) throw new ApiError(errorInBody(body, response, model));
	const { text, toolCalls = [], files = [], finishReason } = choice;
	if (!text && !toolCalls.length && !files.length) throw noAnswerError(choice, model, response);
	const cost = parseCost(body, response);
	return {
		id: String(body.id ?? ''),
		model: String(body.model ?? model),
		text,
		reasoning: parseReasoning(firstMessage(body)),
		calls: toolCalls.map((call) => toToolCall(call, { finishReason, model, response, cost })),
		files,
		finishReason,
		usage: parseUsage(body),
		cost,
	};
}

/** Whether the answer was cut off at its token limit. */
export const isTruncated = ({ finishReason }: Pick<Answer, 'finishReason'>): boolean =>
	endingOf(finishReason) === 'length';

/** The error for an empty answer, which an agent would otherwise pass on as its own. */
function noAnswerError(choice: ChatAnswer, model: string, response: ApiResponse): ApiError {
	const error = emptyAnswerError(choice, model, response);
	switch (endingOf(choice.finishReason)) {
		case 'length':
			return new ApiError({
				...error,
				message: `The model ${model} reached its token limit before it said anything`,
				description:
					"Reasoning counts too. Raise the token limit in 'Model Parameters', or lower the reasoning effort.",
			});
		case 'filter':
			return new ApiError({
				...error,
				message: `The model ${model} gave no answer: its content filter stopped it`,
				description: 'Change the prompt or what the tools return, or choose another model.',
			});
		default:
			return new ApiError(error);
	}
}

/** The answer that a tool call is in. */
interface CallOrigin extends Pick<Answer, 'finishReason' | 'model' | 'cost'> {
	response: ApiResponse;
}

/** @throws ApiError unless the tool has a name, and an object or nothing as arguments */
function toToolCall(
	{ id, name, arguments: given, extra }: ApiToolCall,
	{ finishReason, model, response, cost }: CallOrigin,
): ToolCall {
	// Some models write null for no arguments.
	const json = given === 'null' ? '{}' : isRecord(given) && tryStringify(given);
	if (name && json) return { id, name, arguments: json, ...(extra && { extra }) };
	const written = typeof given === 'string' ? given : tryStringify(given);
	const isCut = endingOf(finishReason) === 'length';
	throw new ApiError({
		kind: isCut ? 'unusableAnswer' : 'unreadableCall',
		message: name
			? `The model ${model} called the tool '${name}' with arguments that aren't a JSON object`
			: `The model ${model} called a tool without naming it`,
		description: isCut
			? "They were cut off at the token limit. Raise it in 'Model Parameters'."
			: `The tool was not run. Run again; if it keeps happening, describe the tool's parameters more plainly or choose another model. It wrote: ${written.slice(0, 300)}`,
		httpStatus: response.status,
		requestId: response.requestId,
		cost,
	});
}
