import { sleep } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox();

const image = async (run: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, {
		resource: 'image',
		operation: 'generate',
		model: 'flux/schnell',
		...run,
		fields: { prompt: 'A lighthouse', ...run.fields },
	});
const quick = { pollInterval: 0.05 };
const video = async (run: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, {
		resource: 'video',
		operation: 'generate',
		model: 'google/veo-3.1-t2v-fast',
		...run,
		fields: { prompt: 'A boat', options: quick, ...run.fields },
	});
const posts = () => sandbox.requestLog.calls.filter(({ method }) => method === 'POST');
const bytesOf = (binary: { data: string }) => Buffer.from(binary.data, 'base64');

describe('an image', () => {
	test('an image becomes a file with its type, size, URL and cost', async () => {
		const { items, error } = await image();
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const { json, binary, pairedItem } = items[0];
		expect(json).toMatchObject({
			fileName: expect.stringMatching(/\.png$/),
			mimeType: 'image/png',
			url: expect.stringMatching(/^http/),
			index: 0,
			model: 'flux/schnell',
			cost: { usd: posts()[0].usd, credits: posts()[0].credits },
		});
		expect(pairedItem).toEqual({ item: 0 });
		expect(bytesOf(binary!.data).subarray(1, 4).toString()).toBe('PNG');
		expect(json.fileSize).toBe(bytesOf(binary!.data).length);
	});

	test('several images are an item each, the first one with the cost', async () => {
		const { items } = await image({ modelParameters: { num_images: 3 } });
		expect(items.map(({ json }) => json.index)).toEqual([0, 1, 2]);
		expect(items.map(({ json }) => 'cost' in json)).toEqual([true, false, false]);
	});

	test("an image is not fetched with 'Download' off", async () => {
		const { items } = await image({ fields: { options: { download: false } } });
		expect(items[0].json.url).toMatch(/^http/);
		expect(items[0].binary).toBeUndefined();
		expect(sandbox.requestLog.fetches).toHaveLength(0);
	});

	test('an image is stored in the chosen field', async () => {
		const { items } = await image({ fields: { options: { outputField: 'picture' } } });
		expect(Object.keys(items[0].binary!)).toEqual(['picture']);
	});

	test.each([
		'sandbox/image-base64',
		'sandbox/image-url-and-base64',
		'sandbox/image-list',
		'sandbox/image-twice',
		'sandbox/image-mime-type',
		'sandbox/image-nulls',
		'sandbox/image-created-ms',
		'sandbox/image-octet-stream',
		'sandbox/image-moved',
	])('an image of %s is found once, with the type of its bytes', async (model) => {
		const { items, error } = await image({ model });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0].json.mimeType).toBe('image/png');
		expect(bytesOf(items[0].binary!.data).subarray(1, 4).toString()).toBe('PNG');
	});

	test('a 3D model is generated from a file of the item', async () => {
		const photo = { data: 'iVBORw0KGgo=', mimeType: 'image/png', fileName: 'photo.png' };
		const { items, error } = await image({
			model: 'triposr',
			items: [{ json: {}, binary: { photo } }],
			fields: {
				prompt: '',
				files: { values: [{ source: 'binary', binaryPropertyName: 'photo' }] as never[] },
			},
		});
		expect(error).toBeUndefined();
		expect(posts()[0].body).toEqual({
			model: 'triposr',
			image_url: 'data:image/png;base64,iVBORw0KGgo=',
		});
		expect(items[0].json.mimeType).toBe('model/gltf-binary');
	});

	test('a request without the file that the model needs is refused unpaid', async () => {
		const { error } = await image({ model: 'flux/dev/image-to-image' });
		expect(error).toMatchObject({
			message: "The model flux/dev/image-to-image needs 'Image URL'",
			description: expect.stringContaining("'Files'"),
		});
		expect(posts()).toHaveLength(0);
	});

	test('a paid image that cannot be fetched is an error with its URL and cost', async () => {
		const body = {
			data: [{ url: `${sandbox.url}/files/nowhere.png` }],
			meta: { usage: { usd_spent: 0.5, credits_used: 1000000 } },
		};
		sandbox.faults.set([
			{ when: { path: '/v1/images/generations' }, do: { body: JSON.stringify(body) } },
		]);
		const { items } = await image({ settings: { onError: 'continueRegularOutput' } });
		expect(items[0].json.error).toMatchObject({
			message: expect.stringContaining("can't be fetched (HTTP status 404)"),
			url: `${sandbox.url}/files/nowhere.png`,
			cost: { usd: 0.5, credits: 1000000 },
		});
	});

	test('an image is fetched without the key', async () => {
		await image({ model: 'sandbox/image-moved' });
		expect(sandbox.requestLog.fetches.length).toBeGreaterThan(0);
		expect(sandbox.requestLog.fetches.some(({ leakedKey }) => leakedKey)).toBe(false);
	});
});

describe('a video', () => {
	test('a video becomes a file with its cost when it is ready', async () => {
		const { items, error } = await video();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			mimeType: 'video/mp4',
			id: expect.stringContaining(':google/veo-3.1-t2v-fast'),
			cost: { usd: expect.any(Number) },
		});
		expect(bytesOf(items[0].binary!.data).subarray(4, 8).toString()).toBe('ftyp');
		expect(posts()).toHaveLength(1);
	});

	test.each([
		'sandbox/video-described',
		'sandbox/video-address-list',
		'sandbox/video-list',
		'sandbox/video-generation-id',
		'sandbox/video-waiting',
		'sandbox/video-at-once',
		'sandbox/video-cost-first',
	])('a video of %s becomes a file with its cost', async (model) => {
		const { items, error } = await video({ model });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			mimeType: 'video/mp4',
			cost: { usd: expect.any(Number) },
		});
	});

	test.each(['sandbox/video-error', 'sandbox/video-error-text', 'sandbox/video-error-null'])(
		'a video of %s fails with the ID of the generation',
		async (model) => {
			const { items } = await video({ model, settings: { onError: 'continueRegularOutput' } });
			expect(items[0].json.error).toMatchObject({
				message: expect.stringMatching(/\w/),
				generationId: expect.any(String),
			});
			expect(posts()).toHaveLength(1);
		},
	);

	test('a video is polled as often as it takes', async () => {
		sandbox.setJobPace({ pollsUntilDone: 40 });
		const { items, error } = await video();
		expect(error).toBeUndefined();
		expect(items[0].json.mimeType).toBe('video/mp4');
		expect(
			sandbox.requestLog.calls.filter(({ method }) => method === 'GET').length,
		).toBeGreaterThan(40);
		expect(posts()).toHaveLength(1);
	});

	test('a video that ends without a result fails with its ID and status', async () => {
		const path = '/v2/video/generations';
		const body = JSON.stringify({ id: '1:a/b', status: 'moderated' });
		sandbox.faults.set([{ when: { method: 'GET', path }, do: { body } }]);
		const { items } = await video({ settings: { onError: 'continueRegularOutput' } });
		expect(items[0].json.error).toMatchObject({
			message: "The generation ended with the status 'moderated'",
			description: expect.stringMatching(
				/^Change the request, or choose another model\. The ID of the generation is .*:google\/veo-3\.1-t2v-fast\./,
			),
			generationId: expect.stringContaining(':google/veo-3.1-t2v-fast'),
		});
	});

	test('failed polls do not lose a video', async () => {
		const path = '/v2/video/generations';
		sandbox.faults.set([
			{ when: { method: 'GET', path, nth: [1, 2] }, do: { status: 500 } },
			{ when: { method: 'GET', path, nth: [3] }, do: { reset: 'before' } },
		]);
		const { items, error } = await video();
		expect(error).toBeUndefined();
		expect(items[0].json.mimeType).toBe('video/mp4');
		expect(posts()).toHaveLength(1);
	});

	test('a video that takes too long fails with its ID, by which it can be read later without a charge', async () => {
		sandbox.setJobPace({ msUntilDone: 1000 });
		const late = await video({
			fields: { options: { ...quick, maxWait: 0.2 } },
			settings: { onError: 'continueRegularOutput' },
		});
		const { generationId } = late.items[0].json.error as { generationId: string };
		expect(late.items[0].json.error).toMatchObject({
			message: expect.stringContaining('not ready after 0.2 s'),
			description: expect.stringContaining(generationId),
		});
		const { items } = await runOperation(sandbox, {
			resource: 'generation',
			operation: 'get',
			fields: { kind: 'video', generationId, options: quick },
		});
		expect(items[0].json).toMatchObject({ mimeType: 'video/mp4', id: generationId });
		expect(posts()).toHaveLength(1);
	});

	test("without 'Wait for Completion', a video is a job with its ID", async () => {
		const { items } = await video({ fields: { options: { waitForCompletion: false } } });
		expect(items[0].json).toEqual({
			generationId: expect.stringContaining(':'),
			kind: 'video',
			status: 'queued',
			model: 'google/veo-3.1-t2v-fast',
		});
		const returned = await video({
			fields: { options: { ...quick, maxWait: 0, onMaxWait: 'returnJob' } },
		});
		expect(returned.items[0].json).toMatchObject({ generationId: expect.any(String) });
	});

	test('a video is not polled after the execution was canceled', async () => {
		sandbox.setJobPace({ msUntilDone: 60_000 });
		let pollsAtCancel = 0;
		const polls = () =>
			sandbox.requestLog.calls.filter(
				({ path, method }) => method === 'GET' && path.includes('/video/'),
			).length;
		await video({
			fields: { options: { pollInterval: 300 } },
			onStart: async (cancel) => {
				while (!polls()) await sleep(5);
				pollsAtCancel = polls();
				cancel();
			},
		}).catch(() => undefined);
		await sleep(100);
		expect(polls()).toBe(pollsAtCancel);
	});
});

describe('embeddings', () => {
	const embed = async (run: Partial<OperationRun> = {}) =>
		await runOperation(sandbox, {
			resource: 'embedding',
			operation: 'create',
			model: 'text-embedding-3-small',
			...run,
			fields: { input: '={{ $json.text }}', ...run.fields },
		});
	const texts = (count: number) =>
		Array.from({ length: count }, (_, number) => ({ json: { text: `text number ${number}` } }));

	test('many texts are embedded in few requests, each item with its vector and its share of the cost', async () => {
		const { items, error } = await embed({
			items: texts(25),
			fields: { options: { batchSize: 10 } },
		});
		expect(error).toBeUndefined();
		expect(posts()).toHaveLength(3);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 25 }, (_, item) => ({ item })),
		);
		const credits = items.reduce(
			(sum, { json }) => sum + (json.cost as { credits: number }).credits,
			0,
		);
		expect(credits).toBe(posts().reduce((sum, call) => sum + call.credits, 0));

		const alone = await embed({ items: [texts(25)[17]] });
		expect(items[17].json.embedding).toEqual(alone.items[0].json.embedding);
	});

	test('each text of a list to embed is an item', async () => {
		const { items } = await embed({ items: [{ json: { text: ['one', 'two'] } }] });
		expect(items.map(({ json }) => json.index)).toEqual([0, 1]);
		expect(posts()[0].body).toMatchObject({ input: ['one', 'two'] });
	});

	test('parameters of an embedding model are sent', async () => {
		const { items } = await embed({ items: texts(1), modelParameters: { dimensions: 64 } });
		expect(items[0].json.embedding).toHaveLength(64);
	});

	test('an empty text to embed fails alone', async () => {
		const { items } = await embed({
			items: [...texts(2), { json: { text: '' } }],
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => ('error' in json ? 'failed' : 'done'))).toEqual([
			'done',
			'done',
			'failed',
		]);
		expect(posts()).toHaveLength(1);
	});

	test('a text to embed that the API refuses fails alone', async () => {
		sandbox.faults.set([
			{ when: { contains: 'number 1"' }, do: { status: 400, message: 'Not this text' } },
		]);
		const { items } = await embed({
			items: texts(3),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => ('error' in json ? 'failed' : 'done'))).toEqual([
			'done',
			'failed',
			'done',
		]);
	});
});
