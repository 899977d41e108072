const MAX_LENGTH = 200;

/** The first sentence of a text, on one line and of at most 200 characters. */
export function firstSentence(text: string): string {
	const line = text
		.replace(/\s+/g, ' ')
		.replace(/^["'\s]+/, '')
		.trim();
	return shorten(/^.+?[.!?](?=["']?(\s|$))/.exec(line)?.[0] ?? line, MAX_LENGTH);
}

/** The pieces in which a stream sends a text. */
export const piecesOf = (text: string): string[] => text.match(/[\s\S]{1,12}/gu) ?? [];

/** A text on one line, cut with an ellipsis where it is longer than `length` characters. */
export function shorten(text: string, length: number): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
