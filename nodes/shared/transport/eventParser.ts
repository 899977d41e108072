import { isRecord, tryParse } from '../json';
import { CHARSET_BYTES, charsetOfBytes } from './decodeText';

/** The JSON object in the `data` of a server-sent event. */
export type Event = Record<string, unknown>;

/** An event that isn't valid JSON. */
export interface BrokenEvent {
	data: string;
	/** The number of valid events before it. */
	at: number;
}

/**
 * Incremental parser of server-sent events by the HTML Standard (section 9.2.6): lines end with LF, CR or
 * both, a blank line ends an event. In addition, a data line that is a complete JSON object is an event,
 * since some gateways leave out the blank lines. Reads each byte once.
 */
export class EventParser {
	/** Whether the stream contained `[DONE]`, which some models leave out. */
	isDone = false;
	/** The first event that isn't valid JSON, so that a part of the answer is missing. */
	broken: BrokenEvent | undefined;

	private count = 0;
	private decoder: InstanceType<typeof TextDecoder> | undefined;
	/** The first bytes, until there are enough to tell the charset. */
	private start = Buffer.alloc(0);
	private line = '';
	private endedWithCr = false;
	private name = '';
	private data: string[] = [];

	constructor(private readonly contentType = '') {}

	/** @returns the events completed by these bytes */
	push(bytes: Uint8Array): Event[] {
		return this.parse(this.decode(bytes, true));
	}

	/** @returns the last event if it had no blank line after it */
	end(): Event[] {
		const rest = this.decode(Buffer.alloc(0), false);
		return [...this.parse(rest), ...this.endLine(), ...this.dispatch()];
	}

	private decode(bytes: Uint8Array, stream: boolean): string {
		if (this.decoder) return this.decoder.decode(bytes, { stream });
		this.start = Buffer.concat([this.start, bytes]);
		if (stream && this.start.length < CHARSET_BYTES) return '';
		const charset = charsetOfBytes(this.start, this.contentType) ?? 'utf-8';
		this.decoder = new TextDecoder(charset);
		return this.decoder.decode(this.start, { stream });
	}

	private parse(text: string): Event[] {
		const lines = text.split(/\r\n|\r|\n/);
		const events: Event[] = [];
		// A CR LF split between two chunks is one line end.
		if (this.endedWithCr && text.startsWith('\n')) lines.shift();
		if (text) this.endedWithCr = text.endsWith('\r');
		for (const [index, line] of lines.entries()) {
			this.line += line;
			if (index < lines.length - 1) events.push(...this.endLine());
		}
		return events;
	}

	private endLine(): Event[] {
		const { line } = this;
		this.line = '';
		if (line === '') return this.dispatch();
		const colon = line.indexOf(':');
		const field = colon < 0 ? line : line.slice(0, colon);
		const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
		if (field === 'event') this.name = value;
		return field === 'data' ? this.addData(value) : [];
	}

	private addData(value: string): Event[] {
		if (value.trim() === '[DONE]') {
			const events = this.dispatch();
			this.isDone = true;
			return events;
		}
		const whole = this.data.length ? undefined : tryParseObject(value);
		if (whole) return this.counted([this.withError(whole)]);
		this.data.push(value);
		return [];
	}

	/** Ends the current event; returns nothing if it has no data. */
	private dispatch(): Event[] {
		const lines = this.data;
		this.data = [];
		const events = this.parseData(lines);
		this.name = '';
		return this.counted(events);
	}

	private counted(events: Event[]): Event[] {
		this.count += events.length;
		return events;
	}

	private parseData(lines: string[]): Event[] {
		const text = lines.join('\n');
		if (text.trim() === '') return [];
		const parsed = tryParse(text);
		if (isRecord(parsed)) return [this.withError(parsed)];
		if (parsed !== undefined) return this.toErrors(parsed);
		const parts = lines.map(tryParseObject);
		const broken = lines.find((line, index) => !parts[index] && looksLikeJson(line));
		if (broken !== undefined) this.broken ??= { data: broken, at: this.count };
		const events = parts.filter((part) => part !== undefined).map((part) => this.withError(part));
		return events.length ? events : this.toErrors(text);
	}

	/** Data that isn't a JSON object counts only if the event is named `error`. */
	private toErrors(data: unknown): Event[] {
		return this.name === 'error' ? [{ error: data }] : [];
	}

	/** Some providers mark an error only by the event's name. */
	private withError(event: Event): Event {
		const isBareError = this.name === 'error' && !event.error;
		return isBareError ? { ...event, error: { ...event } } : event;
	}
}

/** Unlike a word in brackets, such as `[PING]`. */
const looksLikeJson = (text: string): boolean => /^\s*(?:[{"]|\[\s*[[{"])/.test(text);

const tryParseObject = (text: string): Event | undefined => {
	const trimmed = text.trim();
	const value = trimmed.startsWith('{') && trimmed.endsWith('}') ? tryParse(trimmed) : undefined;
	return isRecord(value) ? value : undefined;
};

/**
 * Whether a text is the start of server-sent events: its first line is a field. Where the text doesn't
 * show it, the content type decides; it isn't trusted alone, since gateways set arbitrary ones.
 */
export function looksLikeEvents(text: string, contentType = ''): boolean {
	const start = text.trimStart();
	const isEventStream = contentType.toLowerCase().includes('text/event-stream');
	return /^(?:data|event|id|retry)?:/.test(start) || (isEventStream && !/^[[{<]/.test(start));
}
