import { isRecord, tryParse } from '../json';
import { decodeText } from './decodeText';
import { EventParser, looksLikeEvents, type BrokenEvent, type Event } from './eventParser';

/** A line of a JSON Lines body: an object, or the text of an invalid line. */
export type JsonLine = { value: Record<string, unknown> } | { value?: undefined; text: string };

/** The events of a body of server-sent events. */
export interface EventBody {
	events: Event[];
	/** Whether the stream ended with `[DONE]`. */
	isDone: boolean;
	/** The first event that isn't valid JSON. */
	broken: BrokenEvent | undefined;
}

/** Objects that gateways wrap an answer in; events of the Responses API contain a `response`, too. */
export const ENVELOPES = ['data', 'result', 'response', 'body', 'completion', 'output'];

/**
 * A response of the API: status, headers with lower-case names, and the raw body. The type of the body
 * is detected from its bytes, since gateways set arbitrary content types.
 */
export class ApiResponse {
	private readonly parsed = new Map<string, unknown>();

	constructor(
		readonly status: number,
		readonly headers: Record<string, unknown>,
		readonly bytes: Buffer,
	) {}

	get isSuccess(): boolean {
		return this.status >= 200 && this.status < 300;
	}

	/** The body as text, decoded by its byte order mark, its charset, or as UTF-8. */
	get text(): string {
		return this.once('text', () => decodeText(this.bytes, this.header('content-type')));
	}

	/** The first characters, to distinguish a file from text without decoding all of it. */
	get start(): string {
		const contentType = this.header('content-type');
		return this.once('start', () => decodeText(this.bytes.subarray(0, 200), contentType).trim());
	}

	/** The body as JSON, also if encoded as a JSON string; `undefined` if it isn't JSON. */
	get json(): unknown {
		return this.once('json', () => {
			if (!/^[[{"\-\dtfn]/.test(this.start)) return undefined;
			const value = tryParse(this.text);
			return typeof value === 'string' ? (tryParse(value) ?? value) : value;
		});
	}

	/** The body as JSON Lines; `undefined` if it is JSON, or no line is an object. */
	get jsonLines(): JsonLine[] | undefined {
		return this.once('lines', () => {
			if (isRecord(this.json)) return [{ value: this.json }];
			if (this.json !== undefined || !this.start.startsWith('{')) return undefined;
			const lines = parseLines(this.text);
			return lines.some(({ value }) => value) ? lines : undefined;
		});
	}

	/** The body as server-sent events; `undefined` if it is something else. */
	get eventBody(): EventBody | undefined {
		return this.once('events', () => {
			const isEvents = looksLikeEvents(this.start, this.header('content-type'));
			if (this.json !== undefined || !isEvents) return undefined;
			const parser = new EventParser();
			const events = [...parser.push(Buffer.from(this.text)), ...parser.end()];
			return { events, isDone: parser.isDone, broken: parser.broken };
		});
	}

	/** The same response with another JSON, e.g. that of a folded stream. */
	withJson(json: unknown): ApiResponse {
		return new ApiResponse(
			this.status,
			{ ...this.headers, 'content-type': 'application/json' },
			Buffer.from(JSON.stringify(json) ?? ''),
		);
	}

	header(name: string): string | undefined {
		const value = this.headers[name];
		return value === undefined || value === null ? undefined : String(value);
	}

	/** The API's ID of the request, for its support; for some jobs also the job's ID. */
	get requestId(): string | undefined {
		const inBody = (this.json as { requestId?: unknown } | undefined)?.requestId;
		return this.header('x-inference-id') ?? (typeof inBody === 'string' ? inBody : undefined);
	}

	private once<T>(name: string, read: () => T): T {
		if (!this.parsed.has(name)) this.parsed.set(name, read());
		return this.parsed.get(name) as T;
	}
}

const parseLines = (text: string): JsonLine[] =>
	text
		.split(/\r\n|\n|\r/)
		.filter((line) => line.trim() !== '')
		.map((line) => {
			const value = tryParse(line);
			return isRecord(value) ? { value } : { text: line };
		});
