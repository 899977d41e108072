import { parseJob } from '../../../../nodes/AimlApi/run/polling';

test.each([
	[
		{ id: 'a', status: 'queued' },
		{ id: 'a', status: 'queued', state: 'pending' },
	],
	[
		{ generation_id: 'b:x/y', status: 'generating' },
		{ id: 'b:x/y', status: 'generating', state: 'pending' },
	],
	[
		{ id: 'a', status: 'waiting' },
		{ id: 'a', status: 'waiting', state: 'pending' },
	],
	[
		{ id: 'a', status: 'active' },
		{ id: 'a', status: 'active', state: 'pending' },
	],
	[{ generation_id: 'a' }, { id: 'a', status: 'queued', state: 'pending' }],
	[
		{ id: 'a', meta: {} },
		{ id: 'a', status: 'queued', state: 'pending' },
	],
	[
		{ id: 'a', status: 'completed', video: {} },
		{ id: 'a', status: 'completed', state: 'done' },
	],
	[
		{ id: 'a', status: 'splendid' },
		{ id: 'a', status: 'splendid', state: 'done' },
	],
	[
		{ id: 'a', video: { url: 'x' } },
		{ id: 'a', status: 'completed', state: 'done' },
	],
	[{ status: 'completed' }, { id: 'known', status: 'completed', state: 'done' }],
	[
		{ id: 'a', status: 'error', error: { name: 'E', message: 'It broke' } },
		{ id: 'a', status: 'error', state: 'failed', reason: 'It broke' },
	],
	[
		{ id: 'a', status: 'cancelled' },
		{ id: 'a', status: 'cancelled', state: 'failed', reason: undefined },
	],
])('%j is read as %j', (body, job) => {
	expect(parseJob(body, 'known')).toEqual(job);
});
