import type { Event } from '../../../../nodes/shared/transport/eventParser';
import { waitForFirstEvent } from '../../../../nodes/shared/transport/serverSentEvents';

const format = { begins: ({ text }: Event) => text !== undefined, ends: () => false };

/** A stream of one event without text, then two with text, which notes when it is closed. */
function open() {
	const stream = { isClosed: false };
	const events = (async function* (): AsyncGenerator<Event> {
		try {
			yield { role: 'assistant' };
			yield { text: 'A' };
			yield { text: 'B' };
		} finally {
			stream.isClosed = true;
		}
	})();
	return { stream, events };
}

test('all events of a stream are passed on after its first text was awaited', async () => {
	const { events } = await waitForFirstEvent(open().events, format);
	const all: Event[] = [];
	for await (const event of events) all.push(event);
	expect(all).toEqual([{ role: 'assistant' }, { text: 'A' }, { text: 'B' }]);
});

test.each([1, 2, 3])('a stream is closed when its reader stops at event %d', async (last) => {
	const { stream, events } = open();
	const opened = await waitForFirstEvent(events, format);
	let read = 0;
	for await (const event of opened.events) {
		expect(event).toBeDefined();
		if (++read === last) break;
	}
	expect(stream.isClosed).toBe(true);
});
