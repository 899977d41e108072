import { sleep } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { clearCatalog } from '../../../nodes/shared/models/catalog';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox({ jobPace: { pollsUntilDone: 2 } });

beforeEach(() => {
	clearCatalog();
});

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
	test('an image comes as a file with its type, size, address and cost', async () => {
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

	test('several images come as an item each, the cost once', async () => {
		const { items } = await image({ modelParameters: { num_images: 3 } });
		expect(items.map(({ json }) => json.index)).toEqual([0, 1, 2]);
		expect(items.map(({ json }) => 'cost' in json)).toEqual([true, false, false]);
	});

	test('an image is not fetched when the user would rather have its address', async () => {
		const { items } = await image({ fields: { options: { download: false } } });
		expect(items[0].json.url).toMatch(/^http/);
		expect(items[0].binary).toBeUndefined();
		expect(sandbox.requestLog.fetches).toHaveLength(0);
	});

	test('an image goes into the field that the user names', async () => {
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
	])('an image of %s is found once and told by its bytes', async (model) => {
		const { items, error } = await image({ model });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0].json.mimeType).toBe('image/png');
		expect(bytesOf(items[0].binary!.data).subarray(1, 4).toString()).toBe('PNG');
	});

	test('an image can be a 3D model, from a file of the item', async () => {
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

	test('an image of a model that needs a file says so before it is paid for', async () => {
		const { error } = await image({ model: 'flux/dev/image-to-image' });
		expect(error).toMatchObject({
			message: "The model flux/dev/image-to-image needs 'Image URL'",
			description: expect.stringContaining("'Files'"),
		});
		expect(posts()).toHaveLength(0);
	});

	test('an image that is paid for and cannot be fetched is told with its address and cost', async () => {
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

	test("an image comes as the API's body without 'Simplify'", async () => {
		const { items } = await image({ fields: { options: { simplify: false } } });
		expect(items[0].json).toHaveProperty('data');
	});

	test('an image is fetched without the key', async () => {
		await image({ model: 'sandbox/image-moved' });
		expect(sandbox.requestLog.fetches.length).toBeGreaterThan(0);
		expect(sandbox.requestLog.fetches.every(({ status }) => status < 400)).toBe(true);
	});
});

describe('a video', () => {
	test('a video is waited for and comes as a file with its cost', async () => {
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
	])('a video of %s arrives', async (model) => {
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

	test('a video is waited for through as many looks as it takes', async () => {
		sandbox.setJobPace({ pollsUntilDone: 40 });
		const { items, error } = await video();
		sandbox.setJobPace({ pollsUntilDone: 2 });
		expect(error).toBeUndefined();
		expect(items[0].json.mimeType).toBe('video/mp4');
		expect(
			sandbox.requestLog.calls.filter(({ method }) => method === 'GET').length,
		).toBeGreaterThan(40);
		expect(posts()).toHaveLength(1);
	});

	test('a video that ends in a state without a result fails with its ID and what the API said', async () => {
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

	test('a video survives looks that fail', async () => {
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

	test('a video that takes too long fails with its ID, and can be had later without paying again', async () => {
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
		sandbox.setJobPace({ pollsUntilDone: 2 });
		expect(items[0].json).toMatchObject({ mimeType: 'video/mp4', id: generationId });
		expect(posts()).toHaveLength(1);
	});

	test('a video comes out as a job that can be had later, when the user would rather not wait', async () => {
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

	test('a video is waited for no longer than the execution runs', async () => {
		sandbox.setJobPace({ msUntilDone: 60_000 });
		let looksAtCancel = 0;
		const looks = () =>
			sandbox.requestLog.calls.filter(
				({ path, method }) => method === 'GET' && path.includes('/video/'),
			).length;
		await video({
			fields: { options: { pollInterval: 300 } },
			onStart: async (cancel) => {
				while (!looks()) await sleep(5);
				looksAtCancel = looks();
				cancel();
			},
		}).catch(() => undefined);
		sandbox.setJobPace({ pollsUntilDone: 2 });
		await sleep(100);
		expect(looks()).toBe(looksAtCancel);
	});

	test('a video whose start is ambiguous is not started again', async () => {
		for (const fault of [{ reset: 'body' }, { truncate: true }, { status: 504 }] as const) {
			sandbox.requestLog.clear();
			sandbox.faults.set([{ when: { method: 'POST', path: '/v2/video/generations' }, do: fault }]);
			const { error } = await video();
			expect(error).toBeDefined();
			expect(posts()).toHaveLength(1);
		}
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

	test('embeddings of many items go in few requests, each vector back to its item, the cost shared', async () => {
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

	test('embeddings of a list of texts come as an item each', async () => {
		const { items } = await embed({ items: [{ json: { text: ['one', 'two'] } }] });
		expect(items.map(({ json }) => json.index)).toEqual([0, 1]);
		expect(posts()[0].body).toMatchObject({ input: ['one', 'two'] });
	});

	test('embeddings take the parameters of the model', async () => {
		const { items } = await embed({ items: texts(1), modelParameters: { dimensions: 64 } });
		expect(items[0].json.embedding).toHaveLength(64);
	});

	test('embeddings of an empty text fail alone', async () => {
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

	test('embeddings of a text that the API refuses fail alone', async () => {
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
