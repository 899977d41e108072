import type { INodeParameters } from 'n8n-workflow';
import { makePng } from '../../../sandbox/media/png';
import { runOperation, type OperationRun } from '../../engine/operationRun';
import { bytes, byPath, json, type Answer } from '../../engine/scriptedServer';
import { useScriptedServer } from '../../support/useScriptedServer';

/** Unusual answers of the API, and unusual values of fields. */

const api = useScriptedServer();

const PNG = makePng(8, 8, 0).toString('base64');
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
