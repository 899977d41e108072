import type { Json } from '../json';

/** Why an answer ended, in one form for all providers. */
export type Ending = 'stop' | 'length' | 'filter' | 'toolCalls' | 'error' | 'other';

/** The finish reasons of OpenAI, Anthropic, Google and others, as lower-case letters only. */
const ENDINGS: Array<[ending: Ending, reasons: RegExp]> = [
	['stop', /^(stop|endturn|stopsequence|eos|eostoken|completed?|unknown|)$/],
	['length', /^(length|maxtokens|maxoutputtokens|maxlength|modellength|tokenlimit)$/],
	['filter', /^(image)?(safety|prohibitedcontent)$|^(contentfilter(ed)?|refusal|blocklist)$/],
	['filter', /^(recitation|spii|sensitive|guardrailintervened)$/],
	['toolCalls', /^(toolcalls?|tooluse|functioncall)$/],
	['error', /^error$/],
];

/** The finish reason of a choice as its provider names it; `undefined` while it goes on. */
export function finishReasonOf(choice: Json): string | undefined {
	const { finish_reason, finishReason, native_finish_reason, stop_reason } = choice;
	const reasons = [finish_reason, finishReason, native_finish_reason, stop_reason];
	return reasons
		.filter((reason) => typeof reason === 'string' || typeof reason === 'number')
		.map(String)
		.find((reason) => reason !== '' && reason !== 'null');
}

/** @param reason in any provider's spelling, e.g. `MAX_TOKENS` or `FinishReason.SAFETY` */
export function endingOf(reason: string): Ending {
	const letters = reason.toLowerCase().replace(/[^a-z]/g, '');
	const word = letters.replace(/^finishreason/, '');
	return ENDINGS.find(([, reasons]) => reasons.test(word))?.[0] ?? 'other';
}
