import { isWorthSomething, type ChatParser } from '../../../shared/chat/answer';
import { endingOf } from '../../../shared/chat/finishReason';
import { parseLooseJson } from '../../../shared/chat/looseJson';
import { ApiError, infoOf } from '../../../shared/errors/ApiError';
import { tryParse } from '../../../shared/json';
import type { JsonSchema } from '../../../shared/schema/jsonSchema';
import { findProblem, type Problem } from '../../../shared/schema/validate';
import { addCost, addUsage } from '../../../shared/transport/usage';
import type { ItemContext } from '../../run/operation';
import { requestCompletion, type Completion } from './completion';
import type { ChatRequest } from './request';
import type { Streaming } from './streaming';

/** A completion with the parsed JSON of its choices, in order. */
export interface ParsedCompletion extends Completion {
	/** `undefined` for a choice without JSON: none was requested, it calls tools, or it is invalid. */
	values: unknown[];
	/** What is wrong with the JSON of a choice. */
	problems: Array<string | undefined>;
}

/**
 * Parses the JSON of each choice that doesn't call tools. Invalid JSON, or JSON that doesn't follow the
 * schema, is sent back once with the problem, unless 'Repair Invalid JSON' is off or the answer is empty
 * or was cut off at its token limit.
 *
 * @throws ApiError with the raw text and the cost if no choice is valid
 */
export async function parseChoices(
	context: ItemContext,
	reader: ChatParser,
	request: ChatRequest,
	completion: Completion,
	schema: JsonSchema,
	streaming: Streaming | undefined,
): Promise<ParsedCompletion> {
	const { choices } = completion;
	const parsed: ParsedCompletion = {
		...completion,
		choices: [...choices],
		values: [],
		problems: [],
	};
	const mayRepair = context.getOption('repairJson', true);
	for (const [index, choice] of choices.entries()) {
		if (choice.toolCalls || !isWorthSomething(choice)) continue;
		const { text, finishReason } = choice;
		let reading = parseJsonOutput(text, schema);
		const isWhole = text !== '' && endingOf(finishReason) !== 'length';
		if (reading.problem !== undefined && mayRepair && isWhole) {
			const correction = toRepairRequest(request, text, reading.problem);
			const repaired = await requestCompletion(context, reader, correction, streaming).catch(
				(error: unknown) => {
					const info = infoOf(error);
					throw new ApiError({ ...info, details: { text, ...info.details } });
				},
			);
			parsed.usage = addUsage(parsed.usage, repaired.usage);
			parsed.cost = addCost(parsed.cost, repaired.cost);
			[parsed.choices[index]] = repaired.choices;
			reading = parseJsonOutput(repaired.choices[0].text, schema);
		}
		if (reading.problem === undefined) parsed.values[index] = reading.value;
		else parsed.problems[index] = reading.problem;
	}
	if (parsed.choices.some((_, index) => isGood(parsed, index))) return parsed;
	throw invalidJsonError(
		parsed,
		parsed.problems.findIndex((problem) => problem !== undefined),
	);
}

/** Whether a choice has content, and valid JSON if it was requested. */
export const isGood = ({ choices, problems }: ParsedCompletion, index: number): boolean =>
	problems[index] === undefined && isWorthSomething(choices[index]);

function toRepairRequest({ body, dialect }: ChatRequest, answer: string, problem: string) {
	const correction = `This is not the JSON that was asked for: ${problem}. Answer again with the corrected JSON only.`;
	const conversation = [
		...(body[dialect.conversation] as unknown[]),
		{ role: 'assistant', content: answer },
		{ role: 'user', content: correction },
	];
	return { ...body, [dialect.conversation]: conversation, ...(body.n !== undefined && { n: 1 }) };
}

export function invalidJsonError(
	{ choices, problems, usage, cost, body }: ParsedCompletion,
	index: number,
): ApiError {
	const { text, finishReason } = choices[index];
	const isCut = endingOf(finishReason) === 'length';
	const advice = isCut
		? "Raise the token limit in 'Model Parameters'."
		: "Describe the JSON in a message, or choose a model that supports 'JSON Schema'.";
	return new ApiError({
		kind: 'unusableAnswer',
		message: isCut
			? 'The answer was cut off before its JSON was complete'
			: `The answer is not the JSON that was asked for: ${problems[index]}`,
		description: `${advice} The model wrote: ${text.slice(0, 500) || `nothing (${finishReason})`}`,
		details: {
			text,
			finishReason,
			id: String(body.id ?? ''),
			...(usage && { usage }),
			...(cost && { cost }),
		},
	});
}

/** The parsed value, or what is wrong with the text. */
type JsonParseResult = { value: unknown; problem?: undefined } | { problem: string };

/**
 * Parses JSON in the forms that models write it: in a code fence, with text around it, or encoded as a
 * string.
 */
export function parseJsonOutput(text: string, schema: JsonSchema): JsonParseResult {
	const written = tryParse(text);
	const fits = (value: unknown): boolean => findProblem(schema, value) === undefined;
	if (written !== undefined && fits(written)) return { value: written };
	const value = parseLooseJson(text, fits) ?? written;
	const problem = value === undefined ? undefined : findProblem(schema, value);
	if (value !== undefined && !problem) return { value };
	return { problem: problem ? describeProblem(problem) : reasonOf(text) };
}

function describeProblem({ path, expected, received }: Problem): string {
	const place = path.length ? `'${path.join('.')}'` : 'it';
	return `${place} must be ${expected}, but ${received === undefined ? 'is missing' : 'is not'}`;
}

/** The parser's message for invalid JSON. */
function reasonOf(text: string): string {
	try {
		JSON.parse(text);
		return 'it is not a JSON object';
	} catch (error) {
		return (error as Error).message;
	}
}
