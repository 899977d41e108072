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
const PARTS = ['thinking', 'redacted_thinking', 'reasoning'];

/** The reasoning in a message of a completion; `undefined` when it has none. */
export function parseReasoning(message: Record<string, unknown>): Reasoning | undefined {
	const names = FIELDS.filter((name) => !isEmpty(message[name]));
	const fields = Object.fromEntries(names.map((name) => [name, message[name]]));
	const parts = recordsIn(message.content).filter(({ type }) => PARTS.includes(String(type)));
	const content = typeof message.content === 'string' ? message.content : '';
	const { text: answer, thought } = splitReasoning(content);
	const prefix = content.slice(0, content.length - answer.length);
	if (!names.length && !parts.length && thought === undefined) return undefined;
	const written = [fields.reasoning_content, fields.reasoning]
		.map((field) => joinTexts(field))
		.find(Boolean);
	const text = written ?? thought ?? joinTexts([...parts, fields.reasoning_details]);
	return { text, fields, parts, prefix };
}

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

const recordsIn = (value: unknown): Array<Record<string, unknown>> =>
	Array.isArray(value) ? value.filter(isRecord) : [];

/** How many lists and parts may stand in each other. */
const MAX_DEPTH = 20;

/** All text in a value, whether it is text, a part with text, or a list of such in each other. */
export function joinTexts(value: unknown, depth = 0): string {
	if (typeof value === 'string') return value;
	if (depth > MAX_DEPTH) return '';
	if (Array.isArray(value)) return value.map((entry) => joinTexts(entry, depth + 1)).join('');
	if (!isRecord(value)) return '';
	const { thinking, text, summary, content } = value;
	const inner = [thinking, text, summary, content, value.value].find((part) => !isEmpty(part));
	return joinTexts(inner, depth + 1);
}

const BEGIN = '<think>';
const END = '</think>';

/** Some models put their reasoning into the content, in front of the answer. */
export function splitReasoning(content: string): { text: string; thought?: string } {
	const begun = content.trimStart();
	const end = begun.startsWith(BEGIN) ? begun.indexOf(END) : -1;
	if (end < 0) return { text: content };
	return {
		text: begun.slice(end + END.length).trimStart(),
		thought: begun.slice(BEGIN.length, end).trim(),
	};
}

/** Lets the text of a streamed answer through without the reasoning in front of it. */
export class ThinkTagFilter {
	private state: 'start' | 'thought' | 'gap' | 'answer' = 'start';
	/** What of the text is held back in case that it belongs to the reasoning. */
	private held: string[] = [];
	/** The end of what is held, long enough for a tag that is cut in two. */
	private tail = '';

	/** @returns what of the text so far belongs to the answer and was not returned before */
	push(text: string): string {
		switch (this.state) {
			case 'answer':
				return text;
			case 'gap':
				return this.startAnswer(text);
			case 'thought':
				return this.readThought(text);
			default:
				return this.readStart(text);
		}
	}

	/** What is left when the stream ends. */
	end(): string {
		const { text } = splitReasoning(this.held.join(''));
		this.held = [];
		return this.state === 'gap' ? '' : text;
	}

	private readStart(text: string): string {
		const begun = (this.tail + text).trimStart();
		this.held.push(text);
		this.tail = begun;
		if (begun.startsWith(BEGIN)) {
			this.state = 'thought';
			this.tail = '';
			return this.readThought(begun.slice(BEGIN.length), false);
		}
		if (BEGIN.startsWith(begun)) return '';
		this.state = 'answer';
		return this.end();
	}

	private readThought(text: string, isNew = true): string {
		if (isNew) this.held.push(text);
		const seen = this.tail + text;
		const end = seen.indexOf(END);
		this.tail = seen.slice(1 - END.length);
		return end < 0 ? '' : this.startAnswer(seen.slice(end + END.length));
	}

	private startAnswer(text: string): string {
		const begun = text.trimStart();
		this.state = begun ? 'answer' : 'gap';
		this.held = [];
		return begun;
	}
}
