import { evaluate, expressionIn } from './arithmetic';
import type { Conversation } from './conversation';
import knownAnswers from './knownAnswers.json';
import { firstSentence, shorten } from './sentences';
import { answerFrom } from './toolResults';
import { languageIn, quotedIn, translate } from './translation';

const MAX_QUOTE_LENGTH = 80;

/** A short deterministic answer, as a model would write it. */
export function replyTo(conversation: Conversation): string {
	return [describeAttachments(conversation.attachments), say(conversation)]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

function say({ prompt, userText, system, toolResults }: Conversation): string {
	if (toolResults.length > 0) return answerFrom(toolResults, prompt || userText);
	if (
		/^\W*(hello|hi|hey|good (morning|day|evening))\b.{0,12}$/is.test(prompt) &&
		!/translat/i.test(system)
	) {
		return 'Hello! How can I help you today?';
	}
	if (/\bsummar/i.test(prompt)) return summarize(textToSummarize(prompt), prompt);
	if (/\bsummar/i.test(system)) return summarize(prompt, system);
	return (
		translation(prompt, system) ??
		calculation(prompt) ??
		knownAnswers.find(({ pattern }) => new RegExp(pattern, 'i').test(prompt))?.answer ??
		`You wrote "${shorten(prompt, MAX_QUOTE_LENGTH)}". Would you like me to go any deeper?`
	);
}

/** The text after the instruction: after a colon or on the next line, or else all of it. */
function textToSummarize(prompt: string): string {
	return /\bsummar[^:\n]*[:\n]\s*(\S[\s\S]*)/i.exec(prompt)?.[1] ?? prompt;
}

/** The first sentence; for a paragraph, of each line. */
function summarize(text: string, instruction: string): string {
	if (!/\bparagraph\b/i.test(instruction)) return firstSentence(text);
	return text
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map(firstSentence)
		.join(' ');
}

/** A translation, if requested by the user or the system prompt. */
function translation(prompt: string, system: string): string | undefined {
	const standing = /\btranslate\b/i.test(system) ? languageIn(system) : undefined;
	if (standing) return translate(prompt, standing);
	const [language, text] = /\btranslate\b/i.test(prompt)
		? [languageIn(prompt), quotedIn(prompt)]
		: [];
	return language && text
		? `"${text}" in ${language} is "${translate(text, language)}".`
		: undefined;
}

function calculation(prompt: string): string | undefined {
	const expression = /\b(what|how much|calculate|compute)\b/i.test(prompt) && expressionIn(prompt);
	const value = expression ? evaluate(expression) : undefined;
	return value === undefined ? undefined : `${expression} = ${value}.`;
}

function describeAttachments(attachments: string[]): string {
	const counts = [...new Set(attachments)].map((kind) => {
		const count = attachments.filter((attachment) => attachment === kind).length;
		return `${count} ${kind}${count === 1 ? '' : 's'}`;
	});
	return counts.length === 0 ? '' : `I see ${counts.join(' and ')}.`;
}
