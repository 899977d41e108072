import { sleep } from 'n8n-workflow';
import { ApiError, type ApiErrorInfo } from '../errors/ApiError';
import { isRecord, tryParse } from '../json';
import { errorFromResponse, networkError, streamError, timeoutError } from './apiErrors';
import { ApiResponse } from './apiResponse';
import type { Readable } from './readable';

export type Event = Record<string, unknown>;

/** An answer that comes in events. */
export interface EventSource {
	/** Status and headers; the body only where the answer came whole, and then there are no events. */
	response: ApiResponse;
	/** Throws `CallFailure` when the stream breaks or reports an error. */
	events: AsyncIterable<Event>;
}

/** How a stream of events goes, by the endpoint it is of. */
export interface StreamFormat {
	/** Whether an event is the first that is worth giving out. */
	begins(event: Event): boolean;
	/** Whether an event says that the answer is complete. */
	ends(event: Event): boolean;
}

/** What is needed to tell what went wrong. */
export interface StreamContext {
	model: string;
	host: string;
	/** Milliseconds without a byte after which the stream counts as broken; 0 for no limit. */
	timeout: number;
	signal: AbortSignal | undefined;
}

/** The bytes of an answer as they come. Throws `CallFailure` when they stop coming before the end. */
export async function* readBytes(
	content: Readable,
	{ host, timeout, signal }: StreamContext,
): AsyncGenerator<Buffer> {
	const end = () => void content.destroy();
	const silence = new SilenceTimer(timeout, end);
	signal?.addEventListener('abort', end);
	let broken: { code: string; byTimeout: boolean } | undefined;
	try {
		for await (const bytes of content) {
			silence.pause();
			yield bytes as Buffer;
			silence.resume();
		}
	} catch (error) {
		const code = isRecord(error) ? String(error.code ?? '') : '';
		broken = { code, byTimeout: silence.isTooLong };
	} finally {
		silence.pause();
		signal?.removeEventListener('abort', end);
		end();
	}
	if (!broken) return;
	signal?.throwIfAborted();
	throw new ApiError(
		broken.byTimeout ? timeoutError(timeout) : networkError(broken.code, host, timeout),
	);
}

/** How often, in milliseconds, it is looked whether a stream has fallen silent. */
const CHECK_INTERVAL = 1000;
/** The HTTP client may cut the stream by its own time-out a little before this one. */
const NEARLY_ALL = 0.9;

/** Watches how long a stream sends nothing, but not while what it sent is being worked on. */
class SilenceTimer {
	private began = Date.now();
	private isWatching = false;

	constructor(
		private readonly longest: number,
		private readonly onTooLong: () => void,
	) {
		this.resume();
	}

	get isTooLong(): boolean {
		return this.longest > 0 && Date.now() - this.began >= this.longest * NEARLY_ALL;
	}

	pause(): void {
		this.began = Infinity;
	}

	resume(): void {
		this.began = Date.now();
		if (this.longest && !this.isWatching) void this.watch();
	}

	private async watch(): Promise<void> {
		this.isWatching = true;
		while (this.began !== Infinity) {
			const left = this.began + this.longest - Date.now();
			if (left <= 0) {
				this.onTooLong();
				break;
			}
			await sleep(Math.min(left, CHECK_INTERVAL));
		}
		this.isWatching = false;
	}
}

/** The events in an answer's bytes. Throws `CallFailure` for one that is an error, or a missing end. */
export async function* readEvents(
	bytes: AsyncIterable<Uint8Array>,
	head: ApiResponse,
	form: StreamFormat,
	{ model, host }: StreamContext,
): AsyncGenerator<Event> {
	const parser = new EventParser();
	let isComplete = false;
	const check = (event: Event): Event => {
		const info = parseErrorEvent(event, head, model);
		if (info) throw new ApiError(info);
		isComplete ||= form.ends(event);
		return event;
	};
	for await (const part of bytes) {
		for (const event of parser.push(part)) yield check(event);
		if (parser.isDone) return;
	}
	for (const event of parser.end()) yield check(event);
	if (!isComplete && !parser.isDone) throw new ApiError(streamError(host));
}

/** An error inside a stream comes under HTTP 200; some carry the status that it would have had. */
function parseErrorEvent(
	event: Event,
	{ headers }: ApiResponse,
	model: string,
): ApiErrorInfo | undefined {
	const error = isRecord(event.error) ? event.error : {};
	const status = [error.code, error.status, event.statusCode].map(Number).find(isErrorStatus);
	const bytes = Buffer.from(JSON.stringify(event));
	if (status === undefined && event.error === undefined) return undefined;
	return errorFromResponse(new ApiResponse(status ?? 200, headers, bytes), model);
}

const isErrorStatus = (status: number): boolean => status >= 400 && status < 600;

/** Reads on until the answer begins, or ends, and gives all its events from the first. */
export async function waitForFirstEvent(
	events: AsyncGenerator<Event>,
	{ begins }: StreamFormat,
): Promise<AsyncIterable<Event>> {
	const read: Event[] = [];
	for (;;) {
		const next = await events.next();
		if (next.done) break;
		read.push(next.value);
		if (begins(next.value)) break;
	}
	return (async function* () {
		yield* read;
		yield* events;
	})();
}

/** Reads server-sent events as their bytes come in, wherever these are cut. */
export class EventParser {
	/** Whether the API said that the stream is complete, which some models leave out. */
	isDone = false;
	private readonly decoder = new TextDecoder();
	private rest = '';

	/** The parsed `data:` of each event that the bytes complete; broken ones are passed over. */
	push(bytes: Uint8Array): Event[] {
		return this.read(this.decoder.decode(bytes, { stream: true }));
	}

	/** The last event, where no blank line followed it. */
	end(): Event[] {
		return this.read(`${this.decoder.decode()}\n\n`);
	}

	private read(text: string): Event[] {
		const events = (this.rest + text).split(/\r?\n\r?\n/);
		this.rest = events.pop() ?? '';
		const data = events.map(parseData);
		this.isDone ||= data.includes('[DONE]');
		return data.map(tryParse).filter(isRecord);
	}
}

const parseData = (event: string): string =>
	event
		.split(/\r?\n/)
		.filter((line) => line.startsWith('data:'))
		.map((line) => line.slice('data:'.length).trim())
		.join('\n');
