import translations from './translations.json';

const DICTIONARIES: Record<string, Record<string, string>> = translations;

/** The requested language: `into Spanish` → `Spanish`. */
export const languageIn = (text: string): string | undefined =>
	/\b(?:into|in|to) ([A-Z][a-z]+)\b/.exec(text)?.[1];

/** The first text in quotes. */
export const quotedIn = (text: string): string | undefined => /["“]([^"”]+)["”]/.exec(text)?.[1];

/** Translates a text; unchanged if the dictionary doesn't have it. */
export function translate(text: string, language: string): string {
	const word = text.trim().replace(/[.!?]$/, '');
	return DICTIONARIES[language.toLowerCase()]?.[word.toLowerCase()] ?? text;
}
