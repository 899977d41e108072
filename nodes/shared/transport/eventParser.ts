import { isRecord, tryParse } from '../json';
import { CHARSET_BYTES, charsetOfBytes } from './decodeText';

/** The JSON object in the `data` of a server-sent event. */
export type Event = Record<string, unknown>;

/**
 * Incremental parser of server-sent events by the HTML Standard (section 9.2.6): lines end with LF, CR or
 * both, a blank line ends an event. In addition, a data line that is a complete JSON object is an event,
 * since some gateways leave out the blank lines. Reads each byte once.
 */
export class EventParser {
	/** Whether the stream contained `[DONE]`, which some models leave out. */
	isDone = false;
	/** Data of an event that isn't valid JSON, so that a part of the answer is missing. */
	brokenData: string | undefined;

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
		return this.read(this.decode(bytes, true));
	}

	/** @returns the last event if it had no blank line after it */
	end(): Event[] {
		const rest = this.decode(Buffer.alloc(0), false);
		return [...this.read(rest), ...this.readLine(), ...this.dispatch()];
	}

	private decode(bytes: Uint8Array, stream: boolean): string {
		if (this.decoder) return this.decoder.decode(bytes, { stream });
		this.start = Buffer.concat([this.start, bytes]);
		if (stream && this.start.length < CHARSET_BYTES) return '';
		const charset = charsetOfBytes(this.start, this.contentType) ?? 'utf-8';
		this.decoder = new TextDecoder(charset);
		return this.decoder.decode(this.start, { stream });
	}

	private read(text: string): Event[] {
		const lines = text.split(/\r\n|\r|\n/);
		const events: Event[] = [];
		// A CR LF split between two chunks is one line end.
		if (this.endedWithCr && text.startsWith('\n')) lines.shift();
		if (text) this.endedWithCr = text.endsWith('\r');
		for (const [index, line] of lines.entries()) {
			this.line += line;
			if (index < lines.length - 1) events.push(...this.readLine());
		}
		return events;
	}

	private readLine(): Event[] {
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
		if (whole) return [this.named(whole)];
		this.data.push(value);
		return [];
	}

	/** Ends the current event; returns nothing if it has no data. */
	private dispatch(): Event[] {
		const lines = this.data;
		this.data = [];
		const events = this.readData(lines);
		this.name = '';
		return events;
	}

	private readData(lines: string[]): Event[] {
		const text = lines.join('\n');
		if (text.trim() === '') return [];
		const parsed = tryParse(text);
		if (parsed !== undefined) return isRecord(parsed) ? [this.named(parsed)] : this.told(parsed);
		const parts = lines.map(tryParseObject);
		const broken = lines.filter((line, index) => !parts[index] && /^\s*[[{"]/.test(line));
		if (broken.length) this.brokenData ??= broken[0];
		const events = parts.filter((part) => part !== undefined).map((part) => this.named(part));
		return events.length ? events : this.told(text);
	}

	/** Text without JSON counts only if the event is named `error`. */
	private told(data: unknown): Event[] {
		return this.name === 'error' ? [{ error: data }] : [];
	}

	/** Some providers mark an error only by the event's name. */
	private named(event: Event): Event {
		const isBareError = this.name === 'error' && !event.error;
		return isBareError ? { ...event, error: { ...event } } : event;
	}
}

const tryParseObject = (text: string): Event | undefined => {
	const trimmed = text.trim();
	const value = trimmed.startsWith('{') && trimmed.endsWith('}') ? tryParse(trimmed) : undefined;
	return isRecord(value) ? value : undefined;
};

/** Whether a text is a stream of server-sent events: its first line with content is a field. */
export const looksLikeEvents = (text: string): boolean =>
	/^(?:data|event|id|retry)?:/.test(text.trimStart());
