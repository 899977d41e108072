/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { getEventListeners } from 'node:events';
import { Watchdog } from '../../../../nodes/shared/transport/watchdog';

test('requests of an execution share one listener for its cancellation, since Node.js warns at eleven', () => {
	const cancel = new AbortController();
	const dogs = Array.from({ length: 50 }, () => new Watchdog(60_000, cancel.signal));
	expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(1);
	cancel.abort(new Error('canceled'));
	expect(dogs.map(({ signal, isTooLong }) => [signal.aborted, isTooLong])).toEqual(
		dogs.map(() => [true, false]),
	);
});

test('a request of an execution that was canceled before is aborted at once', () => {
	const dog = new Watchdog(60_000, AbortSignal.abort(new Error('canceled')));
	expect(dog.signal.reason).toEqual(new Error('canceled'));
});

test('a request that is over is not aborted when its execution is canceled later', () => {
	const cancel = new AbortController();
	const dog = new Watchdog(60_000, cancel.signal);
	dog.stop();
	cancel.abort();
	expect(dog.signal.aborted).toBe(false);
});
