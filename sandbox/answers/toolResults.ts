import { tryParse } from '../json';
import type { ToolResult } from './conversation';
import { expressionIn } from './arithmetic';

const MAX_LENGTH = 400;

/** Properties that contain a tool's text, the most likely first. */
const TEXT_PROPERTIES = [
	'pageContent',
	'text',
	'response',
	'output',
	'answer',
	'result',
	'content',
];

/** An answer made of the tools' results, one sentence each. */
export const answerFrom = (results: ToolResult[], question: string): string =>
	results.map((result) => report(result, question)).join(' ');

function report({ text, input = {} }: ToolResult, question: string): string {
	const passages = textsIn(text);
	const found = nearest(passages, question).slice(0, MAX_LENGTH);
	const expression = expressionIn(Object.values(input).join(' '));
	if (expression && /^-?[\d.]+$/.test(found)) return `${expression} = ${found}.`;
	if (input.text && input.language) return `"${input.text}" in ${input.language} is "${found}".`;
	return found;
}

/** The texts in a tool's result, which is text, JSON, or nested JSON. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') {
		const parsed = tryParse(value);
		return typeof parsed === 'object' && parsed !== null ? textsIn(parsed) : [value];
	}
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (typeof value !== 'object' || value === null) return [String(value)];
	const record = value as Record<string, unknown>;
	const property = TEXT_PROPERTIES.find((name) => record[name] !== undefined);
	return property ? textsIn(record[property]) : [JSON.stringify(value)];
}

/** The text that shares the most words with the question. */
function nearest(texts: string[], question: string): string {
	const asked = new Set(wordsIn(question));
	const shared = (text: string) => wordsIn(text).filter((word) => asked.has(word)).length;
	const [best = ''] = [...texts].sort((a, b) => shared(b) - shared(a));
	return best;
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
