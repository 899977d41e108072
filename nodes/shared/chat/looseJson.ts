import { isRecord, tryParse } from '../json';

/** How many times JSON may be encoded as a string in JSON. */
const MOST_ENCODINGS = 3;

/**
 * Parses an object or list in the forms that models write JSON: in a Markdown code fence, with text
 * around it, encoded as a string, with trailing commas, or as a Python literal. Runs in linear time.
 *
 * @param fits chooses among several values; if none fits, the first is returned
 * @returns `undefined` if there is none
 */
export function parseLooseJson(
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

/** Candidates: the whole text, the content of its code fence, and what its outermost brackets enclose. */
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
 * Rewrites loose JSON as strict JSON: double quotes, escaped line breaks, no trailing commas, and JSON's
 * literals for Python's.
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

/** The position after the closing quote, or the end of the text. */
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

/** The object in a tool call's arguments; `undefined` if there is none. */
export function parseLooseObject(text: string): Record<string, unknown> | undefined {
	const value = parseLooseJson(text, isRecord);
	return isRecord(value) ? value : undefined;
}
