import { isRecord } from '../json';

/** How a model reasoned before it answered, with all that it takes to send it back as it came. */
export interface Reasoning {
	/** For people; '' where it is encrypted. */
	text: string;
	/** Properties of the message that hold it. */
	fields: Record<string, unknown>;
	/** Content parts that hold it, in Anthropic's form. */
	parts: Array<Record<string, unknown>>;
	/** What stands in front of the text, tags included; '' for nothing. */
	prefix: string;
}

/** Where models put their reasoning: text, or a list of signed or encrypted details beside it. */
const FIELDS = ['reasoning_content', 'reasoning', 'reasoning_details'];
const PARTS = ['thinking', 'redacted_thinking'];

/** The reasoning in a message of a completion; `undefined` when it has none. */
export function parseReasoning(message: Record<string, unknown>): Reasoning | undefined {
	const names = FIELDS.filter((name) => !isEmpty(message[name]));
	const fields = Object.fromEntries(names.map((name) => [name, message[name]]));
	const parts = recordsIn(message.content).filter(({ type }) => PARTS.includes(String(type)));
	const content = typeof message.content === 'string' ? message.content : '';
	const { text: answer, thought } = splitReasoning(content);
	const prefix = content.slice(0, content.length - answer.length);
	if (!names.length && !parts.length && thought === undefined) return undefined;
	const written = [fields.reasoning_content, fields.reasoning].find(isText);
	return { text: written ?? thought ?? joinTexts(parts, fields), fields, parts, prefix };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

const recordsIn = (value: unknown): Array<Record<string, unknown>> =>
	Array.isArray(value) ? value.filter(isRecord) : [];

const joinTexts = (parts: Reasoning['parts'], fields: Reasoning['fields']): string =>
	[...parts, ...recordsIn(fields.reasoning_details)]
		.map(({ thinking, text, summary }) => [thinking, text, summary].find(isText) ?? '')
		.join('');

const BEGIN = '<think>';
const END = '</think>';

/** Some models put their reasoning into the content, in front of the answer. */
export function splitReasoning(content: string): { text: string; thought?: string } {
	const found = /^\s*<think>([\s\S]*?)<\/think>\s*/.exec(content);
	return found
		? { text: content.slice(found[0].length), thought: found[1].trim() }
		: { text: content };
}

/** Lets the text of a streamed answer through without the reasoning in front of it. */
export class ThinkTagFilter {
	/** What may be, or is, reasoning; `undefined` once the answer itself has begun. */
	private held: string | undefined = '';

	/** @returns what of the text so far belongs to the answer and was not returned before */
	push(text: string): string {
		if (this.held === undefined) return text;
		this.held += text;
		const begun = this.held.trimStart();
		const mayBeThought = begun.startsWith(BEGIN) || BEGIN.startsWith(begun);
		if (!mayBeThought) return this.end();
		const isOver = begun.includes(END) && splitReasoning(begun).text !== '';
		return isOver ? this.end() : '';
	}

	/** What is left when the stream ends. */
	end(): string {
		const { text } = splitReasoning(this.held ?? '');
		this.held = undefined;
		return text;
	}
}
