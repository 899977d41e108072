/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, never inside n8n */
import { systemClock } from '../../../../nodes/shared/transport/clock';

test('a wait that is over already sets no negative timeout, of which newer versions of Node.js warn', async () => {
	const setTimeout = jest.spyOn(globalThis, 'setTimeout');
	await systemClock.sleep(-0.02);
	expect(setTimeout.mock.calls.map(([, ms]) => ms)).toEqual([0]);
	setTimeout.mockRestore();
});
