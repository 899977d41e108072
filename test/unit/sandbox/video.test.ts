import { useSandbox } from '../../support/useSandbox';
import { call, openSandbox, read, until } from './client';
import { fetchFile, post } from './media';

const path = '/v2/video/generations';
const sandbox = useSandbox();
beforeEach(() => {
	sandbox.setJobPace({ pollsUntilDone: 2 });
});

const start = async (model = 'google/veo-3.1-t2v-fast', more: object = {}) =>
	await post(sandbox, path, { model, prompt: 'A cat', ...more });
const poll = async (id: string) =>
	await read(sandbox, `${path}?generation_id=${encodeURIComponent(id)}`);

/** All answers about a job of a variant model: the start, then two polls. */
async function follow(variant: string) {
	const started = await start(`sandbox/${variant}`);
	const id = started.body.id ?? started.body.generation_id;
	return [started.body, (await poll(id)).body, (await poll(id)).body];
}

const address = expect.stringMatching(/\/files\/[\w-]+\.mp4$/);

describe('a job', () => {
	test('a job goes from queued over generating to completed', async () => {
		const started = await start();
		const { id } = started.body;
		expect(started.body).toEqual({ id, status: 'queued' });
		expect(id).toMatch(/^[\da-f-]{36}:google\/veo-3\.1-t2v-fast$/);
		expect(started.headers.get('x-inference-id')).toBe(id);

		expect((await poll(id)).body).toEqual({ id, status: 'generating' });
		expect((await poll(id)).body).toEqual({
			id,
			status: 'completed',
			video: { url: address },
			meta: { usage: { credits_used: 2_400_000, usd_spent: 1.2 } },
		});
	});

	test('a job is paid once, when it is completed, by the call that started it', async () => {
		const { headers, body } = await start();
		expect(headers.get('x-aimlapi-usd-spent')).toBeNull();
		await poll(body.id);
		expect(sandbox.requestLog.usd).toBe(0);
		for (let count = 0; count < 3; count++) await poll(body.id);

		const last = await poll(body.id);
		expect(last.headers.get('x-aimlapi-usd-spent')).toBe('1.2');
		expect(sandbox.requestLog.paidCalls).toBe(1);
		expect(sandbox.requestLog.usd).toBe(1.2);
		const [first, ...polls] = sandbox.requestLog.calls;
		expect(first).toMatchObject({
			method: 'POST',
			startedJob: body.id,
			requestId: body.id,
			credits: 2_400_000,
		});
		expect(polls.every((each) => each.polledJob === body.id && each.credits === 0)).toBe(true);
		expect(polls[0]).toMatchObject({ method: 'GET', path, model: 'google/veo-3.1-t2v-fast' });
	});

	test('a job costs by its seconds and its resolution', async () => {
		const { body } = await start(undefined, { duration: 4, resolution: '720p' });
		await poll(body.id);
		expect((await poll(body.id)).body.meta.usage.usd_spent).toBe(0.4);
	});

	test('a job makes a file that can be fetched', async () => {
		const { body } = await start();
		await poll(body.id);
		const file = await fetchFile((await poll(body.id)).body.video.url);
		expect(file).toMatchObject({ status: 200, type: 'video/mp4' });
		expect(file.bytes.subarray(4, 8).toString()).toBe('ftyp');
	});

	test.each([path, '/v1/video/generations', '/video/generations'])(
		'a job is served at %s',
		async (at) => {
			const { body } = await post(sandbox, at, {
				model: 'google/veo-3.1-t2v-fast',
				prompt: 'A cat',
			});
			const { status } = await read(sandbox, `${at}?generation_id=${encodeURIComponent(body.id)}`);
			expect(status).toBe(200);
		},
	);

	test('a job is not started by a body that its model refuses', async () => {
		const { status, body } = await start('google/veo-3.1-i2v');
		expect(status).toBe(400);
		expect(body.errors).toEqual([{ path: 'image_url', message: 'Required at image_url' }]);
		expect(sandbox.requestLog.calls[0]).not.toHaveProperty('startedJob');
	});

	test('a job is polled with its ID and a key', async () => {
		expect((await poll('nobody:knows/this')).status).toBe(404);
		expect((await read(sandbox, path)).status).toBe(400);
		const { body } = await start();
		const query = `${path}?generation_id=${encodeURIComponent(body.id)}`;
		expect((await read(sandbox, query, { key: null })).status).toBe(401);
	});
});

describe('the pace of jobs', () => {
	const statusesAt = async (pollsUntilDone: number, polls: number) => {
		sandbox.setJobPace({ pollsUntilDone });
		const { body } = await start();
		const statuses = [body.status];
		for (let count = 0; count < polls; count++) statuses.push((await poll(body.id)).body.status);
		return statuses;
	};

	test('the pace of jobs is a number of polls', async () => {
		expect(await statusesAt(0, 1)).toEqual(['completed', 'completed']);
		expect(await statusesAt(1, 1)).toEqual(['queued', 'completed']);
		expect(await statusesAt(4, 4)).toEqual([
			'queued',
			'queued',
			'generating',
			'generating',
			'completed',
		]);
	});

	test('the pace of jobs is a number of milliseconds, after which a job is paid even if nobody asks', async () => {
		sandbox.setJobPace({ msUntilDone: 80 });
		const { body } = await start();
		expect((await poll(body.id)).body.status).not.toBe('completed');
		expect(sandbox.requestLog.paidCalls).toBe(0);
		await until(() => sandbox.requestLog.paidCalls === 1);
		expect((await poll(body.id)).body.status).toBe('completed');
	});

	test('the pace of jobs can be set for later jobs, and jobs can be listed', async () => {
		const other = await openSandbox({ jobPace: { pollsUntilDone: 1 } });
		const put = async (body: unknown) =>
			await call(other, body, { path: '/sandbox/jobs', method: 'PUT', key: null });
		const model = 'google/veo-3.1-t2v-fast';
		const first = await post(other, path, { model, prompt: 'A cat' });
		expect((await put({ pollsUntilDone: 0 })).status).toBe(204);
		const second = await post(other, path, { model, prompt: 'A cat' });
		expect([first.body.status, second.body.status]).toEqual(['queued', 'completed']);

		expect((await read(other, '/sandbox/jobs', { key: null })).body).toEqual([
			{ id: first.body.id, endpoint: path, model, state: 'queued', polls: 0 },
			{ id: second.body.id, endpoint: path, model, state: 'completed', polls: 0 },
		]);
		for (const nonsense of [{}, { polls: 1 }, { msUntilDone: '1' }]) {
			expect((await put(nonsense)).status).toBe(400);
		}
	});
});

describe('the last answer of sandbox/', () => {
	test.each<[string, unknown]>([
		[
			'video-described',
			{
				url: address,
				content_type: 'video/mp4',
				file_name: 'output.mp4',
				file_size: expect.any(Number),
			},
		],
		['video-address-list', [address]],
		['video-list', [{ url: address }]],
		['video-null', null],
	])('the last answer of %s has that video', async (variant, video) => {
		const [, , last] = await follow(variant);
		expect(last).toMatchObject({ status: 'completed', video });
		expect(sandbox.requestLog.paidCalls).toBe(1);
	});

	test.each<[string, string, object]>([
		['video-error', 'error', { error: { name: 'GenerationError', message: expect.any(String) } }],
		['video-error-text', 'error', { error: expect.any(String) }],
		['video-error-null', 'error', { error: null }],
		['video-unknown-status', 'moderated', {}],
	])(
		'the last answer of %s is a failure, with HTTP 200 and without charge',
		async (variant, status, rest) => {
			const [first, second, last] = await follow(variant);
			expect([first.status, second.status]).toEqual(['queued', 'generating']);
			expect(last).toEqual({ id: first.id, status, ...rest });
			expect(sandbox.requestLog.usd).toBe(0);
		},
	);
});

describe('the answers of sandbox/', () => {
	test.each(['sandbox/video-generation-id', 'minimax/hailuo-2.3'])(
		'the answers of %s have the ID in generation_id',
		async (model) => {
			const { body } = await start(model);
			expect(Object.keys(body)).toEqual(['generation_id', 'status']);
			expect((await poll(body.generation_id)).body.generation_id).toBe(body.generation_id);
		},
	);

	test('the answers of sandbox/video-waiting use the other words for pending', async () => {
		const answers = await follow('video-waiting');
		expect(answers.map(({ status }) => status)).toEqual(['waiting', 'active', 'completed']);
	});

	test('the answers of sandbox/video-at-once are complete from the first', async () => {
		const { body, headers } = await start('sandbox/video-at-once');
		expect(body).toMatchObject({ status: 'completed', video: { url: address } });
		expect(headers.get('x-aimlapi-usd-spent')).toBe('0.1');
		expect(sandbox.requestLog.usd).toBe(0.1);
	});

	test('sandbox/video-cost-first reports the cost twice, and it is charged once', async () => {
		const [first, second, last] = await follow('video-cost-first');
		expect(first).toMatchObject({ status: 'queued', meta: { usage: { usd_spent: 0.1 } } });
		expect(second.meta).toEqual(first.meta);
		expect(last.meta).toEqual(first.meta);
		expect(sandbox.requestLog.usd).toBe(0.1);
	});
});

describe('faults', () => {
	const error = { name: 'UpstreamError', message: 'Out of memory' };

	test('a fault can make a job fail when it starts', async () => {
		sandbox.faults.set([{ when: { method: 'POST' }, do: { jobError: error } }]);
		const { status, body } = await start();
		expect([status, body.status]).toEqual([200, 'queued']);
		await poll(body.id);
		const last = await poll(body.id);
		expect(last.status).toBe(200);
		expect(last.body).toEqual({ id: body.id, status: 'error', error });
		expect(sandbox.requestLog.usd).toBe(0);
	});

	test('a fault can end a job at a poll, but not one that is completed', async () => {
		sandbox.faults.set([{ when: { method: 'GET', nth: [1, 4] }, do: { jobError: error } }]);
		const failed = await start();
		expect((await poll(failed.body.id)).body).toMatchObject({ status: 'error', error });
		const done = await start();
		for (let count = 0; count < 2; count++) await poll(done.body.id);
		expect((await poll(done.body.id)).body.status).toBe('completed');
	});

	test('a fault can apply to the polls of one job, each job counted by itself', async () => {
		const [a, b] = [(await start()).body.id, (await start()).body.id];
		sandbox.faults.set([{ when: { method: 'GET', firstAttempts: 1 }, do: { status: 502 } }]);
		const statuses = [];
		for (const id of [a, b, a, b]) statuses.push((await poll(id)).status);
		expect(statuses).toEqual([502, 502, 200, 200]);

		sandbox.faults.set([{ when: { contains: b }, do: { status: 500 } }]);
		expect([(await poll(a)).status, (await poll(b)).status]).toEqual([200, 500]);
	});

	test('a refused poll does not change its job', async () => {
		const { body } = await start();
		sandbox.faults.set([{ when: { method: 'GET', nth: 1 }, do: { status: 503 } }]);
		await poll(body.id);
		expect(sandbox.jobs.all.find(({ plan }) => plan.id === body.id)).toMatchObject({ polls: 0 });
	});
});
