import { findProblem } from '../schema/validate';
import type { JsonSchema } from '../schema/jsonSchema';

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
