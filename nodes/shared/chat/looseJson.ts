import { isRecord, tryParse } from '../json';

/** How often JSON may be encoded as a text in JSON. */
const MOST_ENCODINGS = 3;

/**
 * The object or list that a model wrote as JSON, in the forms that models are known for: in a Markdown
 * fence, with words around it, encoded as a text, with a comma before a closing bracket, or in Python's
 * spelling. Takes time in proportion to the text.
 *
 * @param fits what is wanted, where a text holds more than one; the first one where none fits
 * @returns `undefined` when it is none of these
 */
export function readLooseJson(
	text: string,
	fits: (value: object) => boolean = () => true,
): object | undefined {
	let first: object | undefined;
	for (const part of partsThatMayBeJson(text)) {
		const value = unwrap(tryParse(part)) ?? unwrap(tryParse(toStrictJson(part)));
		if (value && fits(value)) return value;
		first ??= value;
	}
	return first;
}

function unwrap(value: unknown, encodings = 0): object | undefined {
	if (typeof value === 'object' && value !== null) return value;
	if (typeof value !== 'string' || encodings >= MOST_ENCODINGS) return undefined;
	return unwrap(tryParse(value), encodings + 1);
}

/** The whole text, what is in its fence, and what is between its outermost brackets. */
function partsThatMayBeJson(text: string): string[] {
	const inBraces = between(text, '{', '}');
	const inBrackets = between(text, '[', ']');
	const isListFirst = text.indexOf('[') < text.indexOf('{');
	const spans = isListFirst ? [inBrackets, inBraces] : [inBraces, inBrackets];
	return [...new Set([text.trim(), insideFence(text), ...spans])].filter(Boolean);
}

const FENCE = '```';

function insideFence(text: string): string {
	const start = text.indexOf(FENCE);
	if (start < 0) return '';
	const end = text.lastIndexOf(FENCE);
	const inside = text.slice(start + FENCE.length, end > start ? end : undefined).trimStart();
	const language = /^[a-z]{0,10}/i.exec(inside)![0];
	const isWord = ['true', 'false', 'null'].includes(language);
	return (isWord ? inside : inside.slice(language.length)).trim();
}

function between(text: string, open: string, close: string): string {
	const start = text.indexOf(open);
	return start < 0 ? '' : text.slice(start, text.lastIndexOf(close) + 1);
}

const PYTHON: Record<string, string> = { True: 'true', False: 'false', None: 'null' };

/**
 * A text in strict JSON, as far as it can be told: strings in double quotes with their line breaks
 * escaped, no comma before a closing bracket, JSON's words for Python's.
 */
function toStrictJson(text: string): string {
	const tokens: string[] = [];
	for (let at = 0; at < text.length; ) {
		const char = text[at];
		const end = char === '"' || char === "'" ? endOfString(text, at) : endOfToken(text, at);
		const token = text.slice(at, end);
		at = end;
		if ((char === '}' || char === ']') && tokens.at(-1) === ',') tokens.pop();
		if (char === '"' || char === "'") tokens.push(toJsonString(token));
		else if (token.trim()) tokens.push(PYTHON[token] ?? token);
	}
	return tokens.join('');
}

/** Behind the closing quote, or the text's end. */
function endOfString(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === text[start]) return at + 1;
	}
	return text.length;
}

const isWordChar = (char: string): boolean => /[\w.+-]/.test(char);

function endOfToken(text: string, start: number): number {
	let end = start + 1;
	if (isWordChar(text[start])) while (end < text.length && isWordChar(text[end])) end++;
	return end;
}

function toJsonString(token: string): string {
	const [quote] = token;
	const inside = token.slice(1, token.length > 1 && token.endsWith(quote) ? -1 : undefined);
	const written = quote === "'" ? inside.replaceAll("\\'", "'").replaceAll('"', '\\"') : inside;
	return `"${written.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;
}

/** The object that a model wrote as arguments of a tool; `undefined` when it wrote none. */
export function readLooseObject(text: string): Record<string, unknown> | undefined {
	const value = readLooseJson(text, isRecord);
	return isRecord(value) ? value : undefined;
}
