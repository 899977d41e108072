import { ApiError } from '../errors/ApiError';
import { brokenEventError, errorInBody } from './apiErrors';
import type { ApiResponse } from './apiResponse';
import { reportsError } from './errorBody';
import { EventParser, type Event } from './eventParser';
import { brokenConnectionError } from './networkErrors';
import { readBody, type BodyContext } from './readBody';

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

/**
 * The events in an answer's bytes. Only they count as life: comments and blank lines, which gateways
 * send to keep a connection open, do not.
 *
 * @throws ApiError for an event that reports an error, one that cannot be read, or a missing end
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
	const handOut = function* (events: Event[]) {
		for (const event of events) {
			if (reportsError(event)) throw new ApiError(errorInBody(event, head, model));
			isComplete ||= format.ends(event);
			watchdog.pause();
			yield event;
			watchdog.restart();
		}
		if (parser.brokenData && !isComplete) throw new ApiError(brokenEventError(parser.brokenData));
	};
	for await (const part of bytes) {
		yield* handOut(parser.push(part));
		if (parser.isDone) return;
	}
	yield* handOut(parser.end());
	if (!isComplete && !parser.isDone) throw new ApiError(brokenConnectionError('', target));
}

/** Takes an event of an answer as it comes; what follows is not read before it is done. */
export type OnEvent = (event: Event) => Promise<void>;

/**
 * All of an answer that comes in events, which are given out meanwhile. An answer that does not come
 * in events is read like any other.
 *
 * @throws what `readBody` throws
 */
export async function readStreamed(
	response: BodyContext,
	maxBytes: number,
	contentType: string | undefined,
	onEvent: OnEvent,
): Promise<Buffer> {
	const { watchdog } = response;
	const parser = new EventParser(contentType);
	const parts: Buffer[] = [];
	for await (const part of readBody(response, maxBytes)) {
		parts.push(part);
		for (const event of parser.push(part)) {
			watchdog.pause();
			await onEvent(event);
			watchdog.restart();
		}
		if (parser.isDone) break;
	}
	return Buffer.concat(parts);
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
