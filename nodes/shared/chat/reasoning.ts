import { isRecord } from '../json';

/** The reasoning of an answer, with all that is needed to send it back unchanged. */
export interface Reasoning {
	/** Readable text; '' if encrypted. */
	text: string;
	/** The message's properties that contain it. */
	fields: Record<string, unknown>;
	/** Content parts that contain it, in Anthropic's form. */
	parts: Array<Record<string, unknown>>;
	/** Reasoning in front of the text, with its tags; '' for none. */
	prefix: string;
}

/** The properties that contain reasoning: text, or a list of signed or encrypted details. */
const FIELDS = [
	...['reasoning_content', 'reasoning', 'thinking'],
	...['reasoning_details', 'thinking_blocks'],
];

/** Whether a content part is reasoning, by its type or by Google's mark. */
export const isReasoning = ({ type, thought }: Record<string, unknown>): boolean =>
	thought === true || /think|thought|reason/.test(String(type));

/** The reasoning in a message of a completion; `undefined` if it has none. */
export function parseReasoning(message: Record<string, unknown>): Reasoning | undefined {
	const names = FIELDS.filter((name) => !isEmpty(message[name]));
	const fields = Object.fromEntries(names.map((name) => [name, message[name]]));
	const parts = [message.content].flat().filter(isRecord).filter(isReasoning);
	const content = typeof message.content === 'string' ? message.content : '';
	const { text: answer, thought } = splitReasoning(content);
	const prefix = content.slice(0, content.length - answer.length);
	if (!names.length && !parts.length && thought === undefined) return undefined;
	const written = names.map((name) => joinTexts(fields[name])).find(Boolean);
	const text = written ?? thought ?? joinTexts(parts);
	return { text, fields, parts, prefix };
}

/** Whether a value says nothing. An empty list may also be an empty object as PHP writes it. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

/** How deeply lists and parts may be nested. */
const MAX_DEPTH = 20;

/** All text in a value: a text, a part with text, or nested lists of these. */
export function joinTexts(value: unknown, depth = 0): string {
	if (typeof value === 'string') return value;
	if (depth > MAX_DEPTH) return '';
	if (Array.isArray(value)) return value.map((entry) => joinTexts(entry, depth + 1)).join('');
	if (!isRecord(value)) return '';
	const { thinking, text, summary, content } = value;
	const inner = [thinking, text, summary, content, value.value].find((part) => !isEmpty(part));
	return joinTexts(inner, depth + 1);
}

/** The tags that models put around their reasoning. */
const TAGS = [
	['<think>', '</think>'],
	['<thinking>', '</thinking>'],
	['<thought>', '</thought>'],
	['<seed:think>', '</seed:think>'],
	['[THINK]', '[/THINK]'],
	['◁think▷', '◁/think▷'],
];

/** For models whose prompt ends with the first tag, so that their answer has only the second. */
const UNOPENED = ['', '\n</think>\n'];

const tagsOf = (begun: string): string[] | undefined =>
	TAGS.find(([begin]) => begun.startsWith(begin));

/** Splits off the reasoning that some models put into the content, before the answer. */
export function splitReasoning(content: string): { text: string; thought?: string } {
	const begun = content.trimStart();
	const [begin, end] = tagsOf(begun) ?? UNOPENED;
	const at = begun.indexOf(end);
	const isQuoted = !begin && begun.lastIndexOf('<think>', at) >= 0;
	if (at < 0 || isQuoted) return { text: content };
	return {
		text: begun.slice(at + end.length).trimStart(),
		thought: begun.slice(begin.length, at).trim(),
	};
}

/**
 * Removes the reasoning in front of the text of a streamed answer, unless its first tag is missing: then
 * it is only known at its end that it was reasoning.
 */
export class ThinkTagFilter {
	private state: 'start' | 'thought' | 'gap' | 'answer' = 'start';
	/** Text held back, since it may be reasoning. */
	private held: string[] = [];
	/** The end of the held text, long enough for a split tag. */
	private tail = '';
	/** The tag that ends the reasoning. */
	private endTag = '';

	/** @returns the part of the answer's text that is certain by now and not yet returned */
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

	/** @returns the rest of the text when the stream ends */
	end(): string {
		const { text } = splitReasoning(this.held.join(''));
		this.held = [];
		return this.state === 'gap' ? '' : text;
	}

	private readStart(text: string): string {
		const begun = (this.tail + text).trimStart();
		this.held.push(text);
		this.tail = begun;
		const [begin, end] = tagsOf(begun) ?? [];
		if (begin && end) {
			this.state = 'thought';
			this.tail = '';
			this.endTag = end;
			return this.readThought(begun.slice(begin.length), false);
		}
		if (TAGS.some(([tag]) => tag.startsWith(begun))) return '';
		this.state = 'answer';
		return this.end();
	}

	private readThought(text: string, isNew = true): string {
		if (isNew) this.held.push(text);
		const seen = this.tail + text;
		const end = seen.indexOf(this.endTag);
		this.tail = seen.slice(1 - this.endTag.length);
		return end < 0 ? '' : this.startAnswer(seen.slice(end + this.endTag.length));
	}

	private startAnswer(text: string): string {
		const begun = text.trimStart();
		this.state = begun ? 'answer' : 'gap';
		this.held = [];
		return begun;
	}
}
