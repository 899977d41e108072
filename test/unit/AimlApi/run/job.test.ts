import { parseJob } from '../../../../nodes/AimlApi/run/job';

const state = (body: unknown, hasResult = false, knownId = '') =>
	parseJob(body, hasResult, knownId).state;

test.each([
	...['queued', 'generating', 'waiting', 'active', 'in_progress', 'processing', 'canceling'],
	...['IN_QUEUE', 'IN_PROGRESS', 'InProgress', 'QUEUED', 'Preparing', 'submitted', 'created'],
	...['not_started', 'throttled', 'uploading', 'post-processing', 'validating', 'finalizing'],
	...['a state nobody knows', 'splendid', ''],
])("a job whose status is '%s' is under way while it has no result", (status) => {
	expect(state({ id: 'a', status })).toBe('pending');
	expect(state({ status }, false, 'a')).toBe('pending');
});

test.each(['completed', 'COMPLETED', 'Succeeded', 'success', 'done', 'Finished', 'splendid'])(
	"a job whose status is '%s' is done when it has its result",
	(status) => {
		expect(state({ id: 'a', status }, true, 'a')).toBe('done');
	},
);

test('a job that is completed without a result is done when it is looked at, not when it starts', () => {
	expect(state({ status: 'completed' }, false, 'a')).toBe('done');
	expect(state({ status: 'success', data: { task_id: 'a' } })).toBe('pending');
});

test.each(['error', 'FAILED', 'Failure', 'timeout', 'rejected', 'cancelled', 'Content Moderated'])(
	"a job whose status is '%s' has failed",
	(status) => {
		expect(state({ id: 'a', status }, false, 'a')).toBe('failed');
	},
);

test('some results beside a failure are a result', () => {
	expect(state({ status: 'partially_failed' }, true, 'a')).toBe('done');
});

test.each<[string, unknown, string | undefined]>([
	['an object', { status: 'error', error: { name: 'E', message: 'It broke' } }, 'It broke'],
	['a text', { status: 'failed', error: 'It broke' }, 'It broke'],
	['a message beside', { status: 'failed', message: 'It broke' }, 'It broke'],
	['a wrapped one', { data: { status: 'failed', fail_reason: 'It broke' } }, 'It broke'],
	[
		'in the result',
		{ status: 'completed', result: { status: 'error', error: 'It broke' } },
		'It broke',
	],
	['an error alone', { error: { message: 'It broke' } }, 'It broke'],
	['nothing', { status: 'failed', error: null }, undefined],
])('a job fails for %s', (_, body, reason) => {
	expect(parseJob(body, false, 'a')).toMatchObject({ state: 'failed' });
	expect(parseJob(body, false, 'a').reason).toBe(reason);
});

test.each<[unknown, string]>([
	[{ id: 'j' }, 'j'],
	[{ generation_id: 'b:x/y' }, 'b:x/y'],
	[{ request_id: 'j', status: 'queued' }, 'j'],
	[{ task_id: 'j', task_status: 'PROCESSING' }, 'j'],
	[{ id: null, job_id: 7 }, '7'],
	[{ data: { id: 'j', status: 'queued' } }, 'j'],
	[{ data: [{ task_id: 'j' }] }, 'j'],
	[[{ id: 'j' }], 'j'],
	[{}, ''],
	[{ id: '' }, ''],
	[{ id: {} }, ''],
	['text', ''],
])('the start %j names the job %j and leaves it under way', (body, id) => {
	expect(parseJob(body, false)).toMatchObject({ id, state: 'pending' });
});

test('the id of the start holds, whatever a look says', () => {
	expect(parseJob({ id: 'other', status: 'queued' }, false, 'known').id).toBe('known');
});

test('a status that is a number is none', () => {
	expect(state({ status: 200, data: { status: 'FAILED' } }, false, 'a')).toBe('failed');
});
