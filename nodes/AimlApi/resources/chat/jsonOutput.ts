import { CallFailure } from '../../../shared/errors/ApiError';
import type { JsonSchema } from '../../../shared/schema/jsonSchema';
import { findProblem } from '../../../shared/schema/validate';
import { addCost, addUsage } from '../../../shared/transport/usage';
import type { Call } from '../../run/operation';
import { requestCompletion, type ChatReader, type Completion } from './completion';
import type { ChatRequest } from './request';

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
 * @throws CallFailure with the raw text and the cost, when it stays unusable
 */
export async function parseChoices(
	call: Call,
	reader: ChatReader,
	request: ChatRequest,
	completion: Completion,
	schema: JsonSchema,
): Promise<ParsedCompletion> {
	const parsed: ParsedCompletion = { ...completion, choices: [...completion.choices], values: [] };
	const mayRepair = call.option('repairJson', true);
	for (const [index, choice] of completion.choices.entries()) {
		if (choice.toolCalls) {
			parsed.values.push(undefined);
			continue;
		}
		let reading = readJsonAnswer(choice.text, schema);
		if (reading.problem !== undefined && mayRepair && choice.finishReason !== 'length') {
			const correction = repairRequest(request, choice.text, reading.problem);
			const repaired = await requestCompletion(call, reader, correction);
			parsed.usage = addUsage(parsed.usage, repaired.usage);
			parsed.cost = addCost(parsed.cost, repaired.cost);
			[parsed.choices[index]] = repaired.choices;
			reading = readJsonAnswer(repaired.choices[0].text, schema);
		}
		if (reading.problem !== undefined) throw unusableAnswer(parsed, index, reading.problem);
		parsed.values.push(reading.value);
	}
	return parsed;
}

function repairRequest({ body, dialect }: ChatRequest, answer: string, problem: string) {
	const correction = `This is not the JSON that was asked for: ${problem}. Answer again with the corrected JSON only.`;
	const conversation = [
		...(body[dialect.conversation] as unknown[]),
		{ role: 'assistant', content: answer },
		{ role: 'user', content: correction },
	];
	return { ...body, [dialect.conversation]: conversation, ...(body.n !== undefined && { n: 1 }) };
}

function unusableAnswer(
	{ choices, usage, cost, body }: Completion,
	index: number,
	problem: string,
) {
	const { text, finishReason } = choices[index];
	const isCut = finishReason === 'length';
	const advice = isCut
		? "Raise the token limit in 'Model Parameters'."
		: "Describe the JSON in a message, or choose a model that takes 'JSON Schema'.";
	return new CallFailure({
		kind: 'unusableAnswer',
		message: isCut
			? 'The answer was cut off before its JSON was complete'
			: `The answer is not the JSON that was asked for: ${problem}`,
		description: `${advice} The model wrote: ${text.slice(0, 500)}`,
		details: {
			text,
			finishReason,
			id: String(body.id ?? ''),
			...(usage && { usage: { ...usage } }),
			...(cost && { cost: { ...cost } }),
		},
	});
}

/** A model's answer read as JSON: the value, or what is wrong with it. */
export type JsonReading = { value: unknown; problem?: undefined } | { problem: string };

/** Reads the JSON that a model was asked for; a Markdown fence around it is taken off. */
export function readJsonAnswer(text: string, schema: JsonSchema): JsonReading {
	const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/i.exec(text);
	const parsed = parse(fenced ? fenced[1] : text);
	if (parsed.problem !== undefined) return parsed;
	const problem = findProblem(schema, parsed.value);
	if (!problem) return parsed;
	const place = problem.path.length ? `'${problem.path.join('.')}'` : 'it';
	const found = problem.received === undefined ? 'is missing' : 'is not';
	return { problem: `${place} must be ${problem.expected}, but ${found}` };
}

function parse(text: string): JsonReading {
	try {
		return { value: JSON.parse(text) };
	} catch (error) {
		return { problem: (error as Error).message };
	}
}
