import type { INodeParameters } from 'n8n-workflow';
import { makePng } from '../../../sandbox/media/png';
import { runOperation, type OperationRun } from '../../engine/operationRun';
import { answerBy, bytes, byPath, inTurn, json, type Answer } from '../../engine/scriptedServer';
import { useScriptedServer } from '../../support/useScriptedServer';

/** Unusual answers of the API, and unusual values of fields. */

const api = useScriptedServer();

const IMAGE = makePng(8, 8, 0);
const PNG = IMAGE.toString('base64');
const script = (answers: Record<string, Answer>) => api.answer(byPath(answers));
const two = [{ json: {} }, { json: {} }];
const continuing = { onError: 'continueRegularOutput' as const };

const run = async (resource: string, operation: string, rest: Partial<OperationRun> = {}) =>
	await runOperation(api, { resource, operation, ...rest });
const account = async (operation: string, fields: INodeParameters = {}) =>
	await run('account', operation, { fields, items: two, settings: continuing });

test.each([
	['getBalance', 'The answer has no balance'],
	['getUsage', 'The answer has no spend'],
	['getUsageDetail', 'The answer has no groups'],
	['getKey', 'The answer has no key'],
])('the answer null to %s fails each item with what is missing', async (operation, message) => {
	api.answer(bytes('null', 'application/json'));
	const { items, error } = await account(operation);
	expect(error).toBeUndefined();
	expect(items).toMatchObject([{ json: { error: { message } } }, { json: { error: { message } } }]);
});

test("the answer null fails each item without 'Simplify', too", async () => {
	api.answer(bytes('null', 'application/json'));
	const { items, error } = await account('getBalance', { options: { simplify: false } });
	const message = 'The answer has no JSON object';
	expect(error).toBeUndefined();
	expect(items).toMatchObject([{ json: { error: { message } } }, { json: { error: { message } } }]);
});

describe('a filter of an account list', () => {
	const row = { client_request_id: 'order-1', model: 'm' };
	const filtered = async (filters: INodeParameters) => await account('getRequests', { filters });

	test.each(['={{ null }}', '={{ undefined }}', ''])(
		'a filter that is %j keeps all rows',
		async (value) => {
			api.answer(json({ data: [row], pagination: { has_more: false } }));
			const { items } = await filtered({ requestIdStart: value, model: value, status: value });
			expect(items).toHaveLength(2);
			expect(items[0].json).toMatchObject({ requestId: 'order-1' });
			expect(api.requests[0].url).not.toMatch(/model|status|null/);
		},
	);

	test.each([
		['requestIdStart', 'Request ID Starts With'],
		['model', 'Model ID'],
	])('a filter %s that is an object is an error before anything is asked', async (name, label) => {
		script({});
		const { items } = await filtered({ [name]: '={{ ({}) }}' });
		expect(items[0].json.error).toMatchObject({
			message: `'${label}' must be text, but is an object`,
		});
		expect(api.requests).toEqual([]);
	});
});

test('the next page of a list begins after all entries of this one, odd ones included', async () => {
	api.answer(async (response, request) => {
		const isFirst = !request.url.includes('offset');
		const data = isFirst ? [{ client_request_id: 'a' }, null] : [{ client_request_id: 'b' }];
		await json({ data, pagination: { has_more: isFirst } })(response, request);
	});
	const { items } = await run('account', 'getRequests', { fields: { returnAll: true } });
	expect(items.map(({ json: { requestId } }) => requestId)).toEqual(['a', 'b']);
	expect(api.requests[1].url).toContain('offset=2');
});

test.each([
	['an image', { data: [{ url: 'data:image/png;base64,' }] }],
	['a bare data URL', { image: 'data:image/png;base64,' }],
])('%s without content is told to be empty', async (_, body) => {
	api.answer(json(body));
	const { error } = await run('image', 'generate', { model: 'm', fields: { prompt: 'A boat' } });
	expect(error?.message).toBe("The answer's file is empty (0 bytes)");
});

test('a picture of a document without a name gets one from its type', async () => {
	const images = [{ id: '', image_base64: PNG }, { image_base64: `data:image/png;base64,` }];
	api.answer(json({ pages: [{ index: 0, markdown: 'Text', images }] }));
	const { items, error } = await run('document', 'extractText', {
		model: 'm',
		fields: { files: { values: [{ source: 'url', url: 'https://x.test/a.pdf' }] as never[] } },
	});
	expect(error).toBeUndefined();
	expect(items[0].binary!.data).toMatchObject({ fileName: 'image-1.png', mimeType: 'image/png' });
	expect(items[0].json.failedImages).toEqual([
		{ index: 1, message: "The answer's file is empty (0 bytes)" },
	]);
});

describe('a generation that failed, looked up without waiting', () => {
	const look = async (options: object = {}) =>
		await run('generation', 'get', {
			fields: {
				kind: 'video',
				generationId: 'job-1',
				options: { waitForCompletion: false, ...options },
			},
		});

	test('a failed generation is an error that names its status and ID', async () => {
		api.answer(json({ id: 'job-1', status: 'failed' }));
		const { error } = await look();
		expect(error).toMatchObject({
			message: "The generation ended with the status 'failed'",
			description: expect.stringContaining('job-1'),
		});
	});

	test("a failed generation comes as the API's body without 'Simplify'", async () => {
		api.answer(json({ id: 'job-1', status: 'failed' }));
		const { items } = await look({ simplify: false });
		expect(items[0].json).toEqual({ id: 'job-1', status: 'failed' });
	});
});

test('a list of texts goes in requests of no more than the batch size', async () => {
	api.answer(async (response, request) => {
		const texts = [request.body!.input].flat();
		const data = texts.map((text, index) => ({ index, embedding: [Number(text)] }));
		await json({ data })(response, request);
	});
	const { items, error } = await run('embedding', 'create', {
		model: 'm',
		fields: { input: '={{ ["1", "2", "3", "4", "5"] }}', options: { batchSize: 2 } },
	});
	expect(error).toBeUndefined();
	expect(api.requests.map(({ body }) => body!.input)).toEqual([['1', '2'], ['3', '4'], '5']);
	expect(items.map(({ json: { index, embedding } }) => [index, embedding])).toEqual(
		[1, 2, 3, 4, 5].map((value, index) => [index, [value]]),
	);
});

describe('a file as the answer', () => {
	const MP4 = Buffer.from('000000186674797069736f6d', 'hex');
	const video = async (rest: Partial<OperationRun> = {}) =>
		await run('video', 'generate', {
			model: 'm',
			fields: { prompt: 'A boat', options: { pollInterval: 0.05, maxWait: 5, maxRetries: 0 } },
			...rest,
		});
	const START = 'POST /v2/video/generations';
	const POLL = 'GET /v2/video/generations';
	const movie = { 'GET /v.mp4': bytes(MP4, 'video/mp4') };
	const address = (path: string) => `${api.url}${path}`;

	test.each(['image/png', undefined])('an image that is sent as %s is stored', async (type) => {
		api.answer(bytes(IMAGE, type));
		const { items } = await run('image', 'generate', { model: 'm', fields: { prompt: 'A boat' } });
		expect(items[0].json).toMatchObject({ fileName: 'image-1.png', fileSize: IMAGE.length });
	});

	test.each([
		['start', { [START]: bytes(MP4, 'video/mp4') }],
		['poll', { [START]: json({ id: 'j' }), [POLL]: bytes(MP4, 'video/mp4') }],
	])('a video that is the answer to the %s is stored', async (_, answers) => {
		script(answers);
		const { items, error } = await video();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ mimeType: 'video/mp4', fileSize: MP4.length });
	});

	test('a link without a host leads to the host of the API', async () => {
		script({
			'POST /v1/images/generations': json({ data: [{ url: '/a.png' }] }),
			'GET /a.png': bytes(IMAGE, 'image/png'),
		});
		const { items } = await run('image', 'generate', { model: 'm', fields: { prompt: 'A boat' } });
		expect(items[0].json).toMatchObject({ url: address('/a.png'), mimeType: 'image/png' });
	});

	test('a job that reports an error while it is running is awaited', async () => {
		script({
			[START]: json({ id: 'j', status: 'queued' }),
			[POLL]: inTurn(
				json({ id: 'j', status: 'processing', error: 'Busy, trying again' }),
				json({ id: 'j', status: 'completed', video: { url: address('/v.mp4') } }),
			),
			...movie,
		});
		const { items, error } = await video();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ id: 'j', mimeType: 'video/mp4' });
	});

	test('a job that fails after a part of its result has the URLs of that part', async () => {
		script({
			[START]: json({ id: 'j' }),
			[POLL]: json({
				...{ id: 'j', status: 'failed', error: { message: 'The second clip failed' } },
				videos: [{ url: address('/v.mp4') }, { url: null }],
			}),
		});
		const { items } = await video({ settings: continuing });
		expect(items[0].json.error).toMatchObject({
			message: 'The second clip failed',
			generationId: 'j',
			urls: [address('/v.mp4')],
		});
	});

	test("a start that repeats the user's image is no finished video", async () => {
		script({
			[START]: json({ id: 'j', image_url: address('/a.png') }),
			[POLL]: json({ id: 'j', status: 'completed', video: { url: address('/v.mp4') } }),
			...movie,
		});
		const { items } = await video();
		expect(items.map(({ json }) => json.mimeType)).toEqual(['video/mp4']);
	});

	test.each(['j', 7])('a failed job with the ID %j is not to be read later', async (id) => {
		script({
			[START]: json({ id }),
			[POLL]: json({ id, status: 'failed', error: { message: 'Bad' } }),
		});
		const { items } = await video({ settings: continuing });
		expect(items[0].json.error).toMatchObject({
			message: 'Bad',
			description: expect.stringContaining('Change the request'),
			generationId: String(id),
		});
	});

	test.each(['', '<html><title>Sign in</title></html>', 'busy'])(
		'the answer %j to a look-up is not the state of a job',
		async (body) => {
			api.answer(bytes(body, 'text/html'));
			const options = { waitForCompletion: false, maxRetries: 0 };
			const { error } = await run('generation', 'get', {
				fields: { kind: 'video', generationId: 'j', options },
			});
			expect(error?.message).toMatch(/The answer is (empty|not valid JSON)/);
		},
	);

	test('the only result of a batch, if it is an error, keeps its custom ID', async () => {
		const result = { custom_id: '1', response: null, error: { code: 'x', message: 'Bad' } };
		api.answer(json(result));
		const { items } = await run('batch', 'get', { fields: { batchId: 'b' }, settings: continuing });
		expect(items[0].json.error).toMatchObject({ message: 'Bad', customId: '1' });
	});

	test('a job that the API has forgotten for a while is awaited', async () => {
		const now = Date.now;
		let ahead = 0;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
		const running = json({ id: 'j', status: 'processing' });
		const missing = json({ message: 'No such job' }, 404);
		script({
			[START]: json({ id: 'j' }),
			[POLL]: inTurn(
				answerBy(() => {
					ahead = 60_000;
					return running;
				}),
				missing,
				missing,
				json({ id: 'j', status: 'completed', video: { url: address('/v.mp4') } }),
			),
			...movie,
		});
		const fields = { prompt: 'A boat', options: { pollInterval: 0.05, maxRetries: 0 } };
		const { items, error } = await video({ fields });
		clock.mockRestore();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ id: 'j', mimeType: 'video/mp4' });
	});
});

test('a balance or spend that is a text is a number', async () => {
	api.answer(json({ current_balance: '12.5', spend: '0.25', currency: 'USD' }));
	expect((await account('getBalance')).items[0].json).toMatchObject({ balance: 12.5 });
	expect((await account('getUsage')).items[0].json).toMatchObject({ spend: 0.25 });
});

test('a cursor may be a number, and ends the list when it stays the same', async () => {
	const page = { data: [{ type: 'PAYMENT' }], pagination: { has_more: true, next_cursor: 7 } };
	api.answer(json(page));
	const { items } = await run('account', 'getTransactions', { fields: { returnAll: true } });
	expect(items).toHaveLength(2);
	expect(api.requests[1].url).toContain('cursor=7');
});
