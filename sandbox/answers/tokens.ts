const CHARACTERS_PER_TOKEN = 4;

/** Estimates the tokens of a text from its length in characters. */
export const tokensIn = (characters: number): number =>
	Math.ceil(characters / CHARACTERS_PER_TOKEN);

/** The beginning of a text that has at most `limit` tokens. */
export const cutToTokens = (text: string, limit: number): string =>
	text.slice(0, limit * CHARACTERS_PER_TOKEN);
