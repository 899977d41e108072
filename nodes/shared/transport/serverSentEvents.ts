import { sleep } from 'n8n-workflow';
import { ApiError } from '../errors/ApiError';
import { isRecord } from '../json';
import {
	brokenEventError,
	errorInBody,
	networkError,
	streamError,
	timeoutError,
} from './apiErrors';
import type { ApiResponse } from './apiResponse';
import { reportsError } from './errorBody';
import { EventParser, type Event } from './eventParser';
import type { Readable } from './readable';

export type { Event };

/** An answer that comes in events. */
export interface EventSource {
	/** Status and headers; the body only where the answer came whole, and then there are no events. */
	response: ApiResponse;
	/** Throws `ApiError` when the stream breaks or reports an error. */
	events: AsyncIterable<Event>;
	/** Whether all of it has arrived already, so that reading it waits for nothing. */
	isOver: boolean;
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

/**
 * The events in an answer's bytes.
 *
 * @throws ApiError for an event that reports an error, one that cannot be read, or a missing end
 */
export async function* readEvents(
	bytes: AsyncIterable<Uint8Array>,
	head: ApiResponse,
	form: StreamFormat,
	{ model, host }: StreamContext,
): AsyncGenerator<Event> {
	const parser = new EventParser(head.header('content-type'));
	let isComplete = false;
	const check = (event: Event): Event => {
		if (reportsError(event)) throw new ApiError(errorInBody(event, head, model));
		isComplete ||= form.ends(event);
		return event;
	};
	const checkData = () => {
		if (parser.brokenData && !isComplete) throw new ApiError(brokenEventError(parser.brokenData));
	};
	for await (const part of bytes) {
		for (const event of parser.push(part)) yield check(event);
		checkData();
		if (parser.isDone) return;
	}
	for (const event of parser.end()) yield check(event);
	checkData();
	if (!isComplete && !parser.isDone) throw new ApiError(streamError(host));
}

/** Reads on until the answer begins, or ends, and gives all its events from the first. */
export async function waitForFirstEvent(
	events: AsyncGenerator<Event>,
	{ begins }: StreamFormat,
): Promise<Pick<EventSource, 'events' | 'isOver'>> {
	const read: Event[] = [];
	let isOver = false;
	for (let hasBegun = false; !hasBegun && !isOver; ) {
		const next = await events.next();
		if (next.done) isOver = true;
		else {
			read.push(next.value);
			hasBegun = begins(next.value);
		}
	}
	const all = async function* () {
		yield* read;
		yield* events;
	};
	return { events: all(), isOver };
}
