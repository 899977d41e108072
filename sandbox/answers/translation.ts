import translations from './translations.json';

const DICTIONARIES: Record<string, Record<string, string>> = translations;

/** The language that a text asks for: `into Spanish` → `Spanish`. */
export const languageIn = (text: string): string | undefined =>
	/\b(?:into|in|to) ([A-Z][a-z]+)\b/.exec(text)?.[1];

/** The first text in quotes. */
export const quotedIn = (text: string): string | undefined => /["“]([^"”]+)["”]/.exec(text)?.[1];

/** A text in another language; as it is where the dictionary does not have it. */
export function translate(text: string, language: string): string {
	const word = text.trim().replace(/[.!?]$/, '');
	return DICTIONARIES[language.toLowerCase()]?.[word.toLowerCase()] ?? text;
}
