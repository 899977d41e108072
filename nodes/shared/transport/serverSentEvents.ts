import { ApiError } from '../errors/ApiError';
import { brokenEventError, errorInBody } from './apiErrors';
import type { ApiResponse } from './apiResponse';
import { decodeText } from './decodeText';
import { reportsError } from './errorBody';
import { EventParser, looksLikeEvents, type Event } from './eventParser';
import { brokenConnectionError } from './networkErrors';
import { putBack, readStart, type BodyContext } from './readBody';

/** A streamed response. */
export interface EventSource {
	/** Status and headers; also the body if the response isn't a stream, without events then. */
	response: ApiResponse;
	/** Throws `ApiError` when the stream breaks off or reports an error. */
	events: AsyncIterable<Event>;
	/** Whether all events have arrived. */
	isOver: boolean;
}

/** How to interpret the events of an endpoint's stream. */
export interface StreamFormat {
	/** Whether an event is the first one with content. */
	begins(event: Event): boolean;
	/** Whether an event marks the answer as complete. */
	ends(event: Event): boolean;
}

/** The length of the longest field name of an event, with its colon. */
const FIELD_LENGTH = 'retry:'.length;
const MAX_START_BYTES = 1_000;

/**
 * Reads the start of a body to tell whether it is a stream of events.
 *
 * @returns that, and the whole body again
 */
export async function detectEvents(
	body: AsyncGenerator<Uint8Array>,
	contentType: string | undefined,
): Promise<{ isEvents: boolean; bytes: AsyncGenerator<Uint8Array> }> {
	const toText = (start: Buffer) =>
		decodeText(start.subarray(0, MAX_START_BYTES), contentType).trimStart();
	const { start, all } = await readStart(
		body,
		(read) => read.length >= MAX_START_BYTES || toText(read).length >= FIELD_LENGTH,
	);
	return { isEvents: looksLikeEvents(toText(start), contentType), bytes: all };
}

/**
 * Reads the events of a body. Only events restart the timeout, not the comments and blank lines that
 * gateways send to keep a connection open.
 *
 * @throws ApiError for an event that reports an error, or for an answer that isn't complete
 */
export async function* readEvents(
	bytes: AsyncIterable<Uint8Array>,
	{ target, watchdog }: Pick<BodyContext, 'target' | 'watchdog'>,
	head: ApiResponse,
	format: StreamFormat,
	model: string,
): AsyncGenerator<Event> {
	const parser = new EventParser(head.header('content-type'));
	let isComplete = false;
	const passOn = function* (events: Event[]) {
		for (const event of events) {
			if (reportsError(event)) throw new ApiError(errorInBody(event, head, model));
			isComplete ||= format.ends(event);
			watchdog.pause();
			yield event;
			watchdog.restart();
		}
		if (parser.broken && !isComplete) throw new ApiError(brokenEventError(parser.broken.data));
	};
	try {
		for await (const part of bytes) {
			yield* passOn(parser.push(part));
			if (parser.isDone) return;
		}
	} catch (error) {
		checkBreak(error, isComplete);
	}
	yield* passOn(parser.end());
	if (!isComplete && !parser.isDone) throw new ApiError(brokenConnectionError(target));
}

/** Handles an event; the next one is read when it is done. */
export type OnEvent = (event: Event) => Promise<void>;

/**
 * Reads a streamed response and passes on its events. If it breaks off, it ends there: whoever parses the
 * events sees whether the answer is complete. A response that isn't a stream is read like any other.
 *
 * @throws what reading the bytes throws
 */
export async function readStreamed(
	bytes: AsyncIterable<Uint8Array>,
	{ watchdog }: Pick<BodyContext, 'watchdog'>,
	contentType: string | undefined,
	onEvent: OnEvent,
): Promise<Buffer> {
	const parser = new EventParser(contentType);
	const parts: Uint8Array[] = [];
	let hasEvents = false;
	try {
		for await (const part of bytes) {
			parts.push(part);
			for (const event of parser.push(part)) {
				hasEvents = true;
				watchdog.pause();
				await onEvent(event);
				watchdog.restart();
			}
			if (parser.isDone) break;
		}
	} catch (error) {
		checkBreak(error, hasEvents);
	}
	return Buffer.concat(parts);
}

/** @throws the error, unless the connection broke when enough had arrived */
function checkBreak(error: unknown, isEnough: boolean): void {
	const isBreak = error instanceof ApiError && error.info.kind === 'brokenAnswer';
	if (!isBreak || !isEnough) throw error;
}

/** Reads until the first event with content, or the end, and returns all events. */
export async function waitForFirstEvent(
	events: AsyncGenerator<Event>,
	{ begins }: StreamFormat,
): Promise<Pick<EventSource, 'events' | 'isOver'>> {
	const read: Event[] = [];
	for (;;) {
		const next = await events.next();
		if (next.done) return { events: putBack(read, events), isOver: true };
		read.push(next.value);
		if (begins(next.value)) return { events: putBack(read, events), isOver: false };
	}
}
