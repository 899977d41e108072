const CHARACTERS_PER_TOKEN = 4;

/** About how many tokens a text of so many characters has. */
export const tokensIn = (characters: number): number =>
	Math.ceil(characters / CHARACTERS_PER_TOKEN);

/** The beginning of a text that has at most `limit` tokens. */
export const cutToTokens = (text: string, limit: number): string =>
	text.slice(0, limit * CHARACTERS_PER_TOKEN);
