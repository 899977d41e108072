/** Longer texts are not held against a pattern. */
const LONGEST_TEXT = 1_000;

/**
 * Whether a text matches a schema's pattern, as JSON Schema reads it (with the `u` flag). Patterns come
 * from users, models and the API, so only those are run that take at most quadratic time over a text
 * of 1,000 characters; every other is taken to match, and the API has the last word.
 */
export function matchesPattern(pattern: string, text: string): boolean {
	if (text.length > LONGEST_TEXT || !isQuick(pattern)) return true;
	try {
		return new RegExp(pattern, 'u').test(text);
	} catch {
		return true;
	}
}

/** Escapes, and classes of characters: what quantifiers in them look like is none. */
const ATOMS = /\\[pPu]\{[^}\\]*\}|\\.|\[(?:\\.|[^\]\\])*\]?/gsu;
const COUNTED = /\{(\d+)\}/g;
const MOST_COUNTED = 1_000;
/** Each doubles the work at most, wherever it stands. */
const MOST_OPTIONAL = 6;

/**
 * Backtracking multiplies with each quantifier that repeats, and where the match may begin anywhere.
 * Two of these are quadratic. What is optional repeats nothing.
 */
function isQuick(pattern: string): boolean {
	if (pattern.length > LONGEST_TEXT) return false;
	const bare = pattern.replace(ATOMS, 'x').replaceAll('(?:', '(');
	const counts = [...bare.matchAll(COUNTED)].map(([, count]) => Number(count));
	if (counts.some((count) => count > MOST_COUNTED)) return false;
	if (/\(\?[=!<]|\\[1-9k]/.test(pattern) || /\)[*+{]/.test(bare)) return false;
	if ((bare.match(/\?/g)?.length ?? 0) > MOST_OPTIONAL) return false;
	const choices = bare.replace(COUNTED, '').match(/[*+{]/g)?.length ?? 0;
	const isAnchored = bare.startsWith('^') && !withoutGroups(bare).includes('|');
	return choices + (isAnchored ? 0 : 1) <= 2;
}

/** What is left of a pattern besides its groups, innermost first: there `|` parts the whole pattern. */
function withoutGroups(pattern: string): string {
	const outer = pattern.replace(/\([^()]*\)/g, '');
	return outer === pattern ? pattern : withoutGroups(outer);
}
