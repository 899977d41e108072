import { parseJob } from '../../../../nodes/AimlApi/run/job';

const state = (body: unknown, hasResult = false, knownId = '') =>
	parseJob(body, hasResult, knownId).state;

test.each([
	...['queued', 'generating', 'waiting', 'active', 'in_progress', 'processing', 'canceling'],
	...['IN_QUEUE', 'IN_PROGRESS', 'InProgress', 'QUEUED', 'Preparing', 'submitted', 'created'],
	...['not_started', 'throttled', 'uploading', 'post-processing', 'validating', 'finalizing'],
	...['a state nobody knows', 'splendid', ''],
])("a job whose status is '%s' is pending while it has no result", (status) => {
	expect(state({ id: 'a', status })).toBe('pending');
	expect(state({ status }, false, 'a')).toBe('pending');
});

test.each(['completed', 'COMPLETED', 'Succeeded', 'success', 'done', 'Finished', 'splendid'])(
	"a job whose status is '%s' is done when it has its result",
	(status) => {
		expect(state({ id: 'a', status }, true, 'a')).toBe('done');
	},
);

test('a job that is completed without a result is done when polled, but not when started', () => {
	expect(state({ status: 'completed' }, false, 'a')).toBe('done');
	expect(state({ status: 'success', data: { task_id: 'a' } })).toBe('pending');
});

test.each(['error', 'FAILED', 'Failure', 'timeout', 'rejected', 'cancelled', 'Content Moderated'])(
	"a job whose status is '%s' has failed",
	(status) => {
		expect(state({ id: 'a', status }, false, 'a')).toBe('failed');
	},
);

test('a partially failed job with results is done', () => {
	expect(state({ status: 'partially_failed' }, true, 'a')).toBe('done');
	const result = { status: 'completed_with_errors' };
	expect(state({ status: 'completed', result }, true, 'a')).toBe('done');
});

test.each<[string, unknown, string | undefined]>([
	['an object', { status: 'error', error: { name: 'E', message: 'It broke' } }, 'It broke'],
	['a text', { status: 'failed', error: 'It broke' }, 'It broke'],
	['a message beside the status', { status: 'failed', message: 'It broke' }, 'It broke'],
	['a wrapped body', { data: { status: 'failed', fail_reason: 'It broke' } }, 'It broke'],
	[
		'the result',
		{ status: 'completed', result: { status: 'error', error: 'It broke' } },
		'It broke',
	],
	[
		'an output that timed out',
		{ status: 'completed', output: { status: 'TIMED_OUT', message: 'Too slow' } },
		'Too slow',
	],
	['an error alone', { error: { message: 'It broke' } }, 'It broke'],
	['no field', { status: 'failed', error: null }, undefined],
])('a job fails with a reason in %s', (_, body, reason) => {
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
	[{ request_id: 'r', output: { task_id: 'j', task_status: 'PENDING' } }, 'j'],
	[{ result: { id: 'j' } }, 'j'],
	[{ requestId: 'r' }, 'r'],
	[{ generationID: 'j' }, 'j'],
	[{ video_id: 'j' }, 'j'],
	[{ name: 'models/m/operations/j' }, 'models/m/operations/j'],
	[{ name: 'A boat' }, ''],
	[{ code: 'success', data: '736a6f88-bd29' }, '736a6f88-bd29'],
	[{ code: 0, data: 'accepted' }, ''],
	[{}, ''],
	[{ id: '' }, ''],
	[{ id: {} }, ''],
	['text', ''],
])('the start %j has the job ID %j and leaves the job pending', (body, id) => {
	expect(parseJob(body, false)).toMatchObject({ id, state: 'pending' });
});

test('a job keeps the ID of its start, whatever a poll says', () => {
	expect(parseJob({ id: 'other', status: 'queued' }, false, 'known').id).toBe('known');
});

test("a status inside a response that only says 'success' is that of the job", () => {
	const polled = (status: string) => ({ status: 'success', data: { id: 'a', status } });
	expect(state(polled('processing'), false, 'a')).toBe('pending');
	expect(state(polled('failed'), false, 'a')).toBe('failed');
	expect(state({ status: 'completed', data: { status: 'active' } }, true, 'a')).toBe('done');
});

test('an error without content does not fail a job', () => {
	expect(state({ status: 'rendered', error: {} }, false, 'a')).toBe('pending');
	expect(state({ error: { message: null, code: 0 } }, false, 'a')).toBe('pending');
});

test.each(['stopped', 'INTERRUPTED', 'content_filtered'])(
	"a job whose status is '%s' has failed, unless it has a result",
	(status) => {
		expect(state({ status }, false, 'a')).toBe('failed');
		expect(state({ status }, true, 'a')).toBe('done');
	},
);

test('a status that is a number is ignored', () => {
	expect(state({ status: 200, data: { status: 'FAILED' } }, false, 'a')).toBe('failed');
});
