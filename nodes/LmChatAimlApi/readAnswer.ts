import { readChoices, type ToolCall } from '../shared/chat/completion';
import { readReasoning, type Reasoning } from '../shared/chat/reasoning';
import { CallFailure, type Fault } from '../shared/errors/ApiError';
import { isRecord } from '../shared/json';
import { readUnknownAnswer } from '../shared/transport/apiErrors';
import type { ApiResponse } from '../shared/transport/apiResponse';
import { readCost, readUsage, type Cost, type Usage } from '../shared/transport/usage';
import type { Call } from './turns';

/** What a model answered, and what that used up. */
export interface Answer {
	id: string;
	/** As the API names it. */
	model: string;
	text: string;
	reasoning?: Reasoning;
	calls: Call[];
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
export function readAnswer(body: unknown, response: ApiResponse, model: string): Answer {
	const [choice] = readChoices(body);
	if (!isRecord(body) || !choice) throw new CallFailure(readUnknownAnswer(response, 'choices'));
	const { text, toolCalls = [], finishReason } = choice;
	if (!text && !toolCalls.length) refuseStopped(finishReason, model);
	return {
		id: String(body.id ?? ''),
		model: String(body.model ?? model),
		text,
		reasoning: readReasoning(firstMessage(body)),
		calls: toolCalls.map((call) => readCall(call, finishReason, model)),
		finishReason,
		usage: readUsage(body),
		cost: readCost(body, response),
	};
}

function firstMessage({ choices }: Record<string, unknown>): Record<string, unknown> {
	const [choice] = (choices as unknown[]).filter(isRecord);
	return isRecord(choice.message) ? choice.message : {};
}

const CUT = ['length', 'max_tokens'];
const FILTERED = ['content_filter', 'refusal'];

/** Whether the answer ends at its token limit. */
export const isCut = ({ finishReason }: Pick<Answer, 'finishReason'>): boolean =>
	CUT.includes(finishReason);

/** An agent would take an empty text for the answer and end with it. */
function refuseStopped(finishReason: string, model: string): void {
	if (CUT.includes(finishReason)) {
		throw unusable(
			`The model ${model} reached its token limit before it said anything`,
			"Reasoning counts too. Raise the token limit in 'Model Parameters', or lower the reasoning effort.",
		);
	}
	if (FILTERED.includes(finishReason)) {
		throw unusable(
			`The model ${model} gave no answer: its content filter stopped it`,
			'Change the prompt or what the tools return, or choose another model.',
		);
	}
}

/** No arguments are none; anything but an object would reach the tool as something else. */
function readCall({ id, name, arguments: given }: ToolCall, finishReason: string, model: string) {
	if (isRecord(given)) return { id, name, arguments: JSON.stringify(given) };
	if (given === null || given === undefined) return { id, name, arguments: '{}' };
	const written = typeof given === 'string' ? given : JSON.stringify(given);
	throw unusable(
		`The model ${model} called the tool '${name}' with arguments that are no JSON object`,
		CUT.includes(finishReason)
			? "They were cut off at the token limit. Raise it in 'Model Parameters'."
			: `The tool was not run. Run again; if it keeps happening, describe the tool's parameters more plainly or choose another model. It wrote: ${written.slice(0, 300)}`,
	);
}

const unusable = (message: string, description: string): CallFailure => {
	const fault: Fault = { kind: 'unusableAnswer', message, description };
	return new CallFailure(fault);
};
