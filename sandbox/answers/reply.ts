import type { Conversation } from './conversation';

const MAX_SUMMARY_LENGTH = 200;
const MAX_QUOTE_LENGTH = 80;

/** The same short answer to the same conversation, always: useful enough for a demo. */
export function replyTo(conversation: Conversation): string {
	return [describeAttachments(conversation.attachments), say(conversation)]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

function say({ prompt, system, toolResult }: Conversation): string {
	if (toolResult !== undefined) return `The tool says: ${shorten(toolResult, MAX_SUMMARY_LENGTH)}`;
	if (/^\W*(hello|hi|hey|good (morning|day|evening))\b.{0,12}$/is.test(prompt)) {
		return 'Hello! How can I help you today?';
	}
	if (/\bsummar/i.test(prompt)) return firstSentence(textToSummarize(prompt));
	if (/\bsummar/i.test(system)) return firstSentence(prompt);
	return `You wrote "${shorten(prompt, MAX_QUOTE_LENGTH)}". This is the sandbox's answer to it.`;
}

/** What follows the instruction, behind a colon or on the next line; else all of it. */
function textToSummarize(prompt: string): string {
	return /\bsummar[^:\n]*[:\n]\s*(\S[\s\S]*)/i.exec(prompt)?.[1] ?? prompt;
}

/** The first sentence of a text, on one line and of bounded length. */
export function firstSentence(text: string): string {
	const line = text
		.replace(/\s+/g, ' ')
		.replace(/^["'\s]+/, '')
		.trim();
	return shorten(/^.+?[.!?](?=["']?(\s|$))/.exec(line)?.[0] ?? line, MAX_SUMMARY_LENGTH);
}

function shorten(text: string, length: number): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}

function describeAttachments(attachments: string[]): string {
	const counts = [...new Set(attachments)].map((kind) => {
		const count = attachments.filter((attachment) => attachment === kind).length;
		return `${count} ${kind}${count === 1 ? '' : 's'}`;
	});
	return counts.length === 0 ? '' : `I see ${counts.join(' and ')}.`;
}
