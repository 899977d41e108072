import { isWorthSomething, type ChatParser } from '../../../shared/chat/answer';
import { endingOf } from '../../../shared/chat/finishReason';
import { readLooseJson } from '../../../shared/chat/looseJson';
import { ApiError } from '../../../shared/errors/ApiError';
import { tryParse } from '../../../shared/json';
import type { JsonSchema } from '../../../shared/schema/jsonSchema';
import { findProblem, type Problem } from '../../../shared/schema/validate';
import { addCost, addUsage } from '../../../shared/transport/usage';
import type { ItemContext } from '../../run/operation';
import { requestCompletion, type Completion } from './completion';
import type { ChatRequest } from './request';
import type { Streaming } from './streaming';

/** A completion whose answers are parsed, in the order of its choices. */
export interface ParsedCompletion extends Completion {
	/** `undefined` for a choice that has no JSON: none was asked for, or it calls tools instead. */
	values: unknown[];
}

/**
 * Parses the answer of each choice, unless it calls tools instead of answering. One that is no JSON,
 * or does not follow the schema, is sent back once with what is wrong, unless that is switched off or
 * the answer was cut off at its limit.
 *
 * @throws ApiError with the raw text and the cost, when it stays unusable
 */
export async function parseChoices(
	context: ItemContext,
	reader: ChatParser,
	request: ChatRequest,
	completion: Completion,
	schema: JsonSchema,
	streaming: Streaming | undefined,
): Promise<ParsedCompletion> {
	const parsed: ParsedCompletion = { ...completion, choices: [...completion.choices], values: [] };
	const mayRepair = context.getOption('repairJson', true);
	for (const [index, choice] of completion.choices.entries()) {
		if (choice.toolCalls || !isWorthSomething(choice)) {
			parsed.values.push(undefined);
			continue;
		}
		let reading = parseJsonOutput(choice.text, schema);
		if (reading.problem !== undefined && mayRepair && endingOf(choice.finishReason) !== 'length') {
			const correction = toRepairRequest(request, choice.text, reading.problem);
			const repaired = await requestCompletion(context, reader, correction, streaming);
			parsed.usage = addUsage(parsed.usage, repaired.usage);
			parsed.cost = addCost(parsed.cost, repaired.cost);
			[parsed.choices[index]] = repaired.choices;
			reading = parseJsonOutput(repaired.choices[0].text, schema);
		}
		if (reading.problem !== undefined) throw invalidJsonError(parsed, index, reading.problem);
		parsed.values.push(reading.value);
	}
	return parsed;
}

function toRepairRequest({ body, dialect }: ChatRequest, answer: string, problem: string) {
	const correction = `This is not the JSON that was asked for: ${problem}. Answer again with the corrected JSON only.`;
	const conversation = [
		...(body[dialect.conversation] as unknown[]),
		{ role: 'assistant', content: answer },
		{ role: 'user', content: correction },
	];
	return { ...body, [dialect.conversation]: conversation, ...(body.n !== undefined && { n: 1 }) };
}

function invalidJsonError(
	{ choices, usage, cost, body }: Completion,
	index: number,
	problem: string,
) {
	const { text, finishReason } = choices[index];
	const isCut = endingOf(finishReason) === 'length';
	const advice = isCut
		? "Raise the token limit in 'Model Parameters'."
		: "Describe the JSON in a message, or choose a model that supports 'JSON Schema'.";
	return new ApiError({
		kind: 'unusableAnswer',
		message: isCut
			? 'The answer was cut off before its JSON was complete'
			: `The answer is not the JSON that was asked for: ${problem}`,
		description: `${advice} The model wrote: ${text.slice(0, 500)}`,
		details: {
			text,
			finishReason,
			id: String(body.id ?? ''),
			...(usage && { usage }),
			...(cost && { cost }),
		},
	});
}

/** A model's answer read as JSON: the value, or what is wrong with it. */
export type JsonParseResult = { value: unknown; problem?: undefined } | { problem: string };

/**
 * Reads the JSON that a model was asked for, in the forms in which models write it: in a fence, with words
 * around it, encoded as a text.
 */
export function parseJsonOutput(text: string, schema: JsonSchema): JsonParseResult {
	const written = tryParse(text);
	const fits = (value: unknown): boolean => findProblem(schema, value) === undefined;
	if (written !== undefined && fits(written)) return { value: written };
	const value = readLooseJson(text, fits) ?? written;
	const problem = value === undefined ? undefined : findProblem(schema, value);
	if (value !== undefined && !problem) return { value };
	return { problem: problem ? describeProblem(problem) : reasonOf(text) };
}

function describeProblem({ path, expected, received }: Problem): string {
	const place = path.length ? `'${path.join('.')}'` : 'it';
	return `${place} must be ${expected}, but ${received === undefined ? 'is missing' : 'is not'}`;
}

/** What the parser says of a text that is no JSON. */
function reasonOf(text: string): string {
	try {
		JSON.parse(text);
		return 'it is no JSON object';
	} catch (error) {
		return (error as Error).message;
	}
}
