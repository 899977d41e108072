/** In characters; longer texts are not matched. */
const LONGEST_TEXT = 1_000;

/**
 * Whether a text matches a schema's pattern (with the `u` flag, as in JSON Schema). Patterns come from
 * users, models and the API, so only those that take at most quadratic time are run, on up to 1,000
 * characters. All others count as matching, so that the API decides.
 */
export function matchesPattern(pattern: string, text: string): boolean {
	if (text.length > LONGEST_TEXT || !isQuick(pattern)) return true;
	try {
		return new RegExp(pattern, 'u').test(text);
	} catch {
		return true;
	}
}

/** Escapes and character classes, in which quantifiers have no meaning. */
const ATOMS = /\\[pPu]\{[^}\\]*\}|\\.|\[(?:\\.|[^\]\\])*\]?/gsu;
const COUNTED = /\{(\d+)\}/g;
const MOST_COUNTED = 1_000;
/** Each optional part doubles the work at most. */
const MOST_OPTIONAL = 6;

/**
 * Whether a pattern takes at most quadratic time. Each repeating quantifier, and a start that isn't
 * anchored, multiplies the backtracking by the length of the text; optional parts don't.
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

/** The pattern without its groups, so that a remaining `|` splits the whole pattern. */
function withoutGroups(pattern: string): string {
	const outer = pattern.replace(/\([^()]*\)/g, '');
	return outer === pattern ? pattern : withoutGroups(outer);
}
