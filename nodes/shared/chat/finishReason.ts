/** Why an answer ended, for all providers. */
export type Ending = 'stop' | 'length' | 'filter' | 'toolCalls' | 'error' | 'other';

/** The finish reasons of OpenAI, Anthropic, Google and others, as lower-case letters only. */
const WORDS: Record<Exclude<Ending, 'other'>, string[]> = {
	stop: [
		'',
		'stop',
		'endturn',
		'stopsequence',
		'eos',
		'eostoken',
		'complete',
		'completed',
		'unknown',
	],
	length: ['length', 'maxtokens', 'maxoutputtokens', 'maxlength', 'modellength', 'tokenlimit'],
	filter: [
		'contentfilter',
		'contentfiltered',
		'refusal',
		'safety',
		'imagesafety',
		'prohibitedcontent',
		'imageprohibitedcontent',
		'blocklist',
		'recitation',
		'spii',
		'sensitive',
		'guardrailintervened',
	],
	toolCalls: ['toolcalls', 'toolcall', 'tooluse', 'functioncall'],
	error: ['error'],
};

const ENDINGS = new Map(
	Object.entries(WORDS).flatMap(([ending, words]) =>
		words.map((word): [string, Ending] => [word, ending as Ending]),
	),
);

/** @param reason in any provider's spelling, e.g. `MAX_TOKENS` or `FinishReason.SAFETY` */
export function endingOf(reason: string): Ending {
	const word = reason.toLowerCase().replace(/[^a-z]/g, '');
	return ENDINGS.get(word.replace(/^finishreason/, '')) ?? 'other';
}
