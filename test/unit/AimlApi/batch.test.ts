import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { ERROR_MESSAGES } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { listParameterFields, listPickerEntries } from '../../engine/editor';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox();

const model = 'anthropic/claude-opus-4-5';
const create = async (run: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, {
		resource: 'batch',
		operation: 'create',
		model,
		...run,
		fields: {
			customId: '={{ $json.id }}',
			messages: values({ role: 'user', content: '={{ $json.text }}' }),
			...run.fields,
		},
	});
const fromList = async (requests: unknown, run: Partial<OperationRun> = {}) =>
	await create({
		...run,
		fields: { requestsFrom: 'list', requests: requests as string, ...run.fields },
	});
const quick = { pollInterval: 0.05 };
const get = async (batchId: string, options: INodeParameters = quick, run = {}) =>
	await runOperation(sandbox, {
		resource: 'batch',
		operation: 'get',
		fields: { batchId, options },
		...run,
	});
const cancel = async (batchId: string, run: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, {
		resource: 'batch',
		operation: 'cancel',
		...run,
		fields: { batchId, ...run.fields },
	});

const values = (...entries: object[]) => ({ values: entries as never[] });
const rows = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, n) => ({ json: { id: `row-${n}`, text: `Hello ${n}` } }));
const posts = () => sandbox.requestLog.calls.filter(({ method }) => method === 'POST');
const requests = () => (posts()[0].body as { requests: object[] }).requests;
const onward = { settings: { onError: 'continueRegularOutput' as const } };
const parted = { settings: { onError: 'continueErrorOutput' as const } };
const started = async (items = rows(3), run: Partial<OperationRun> = {}) =>
	String((await create({ items, ...run })).items[0].json.batchId);
const jsonOf = ({ json }: INodeExecutionData) => json;

describe('a batch', () => {
	test('all items are in one batch, whose item is linked to them all', async () => {
		const { items, error } = await create({ items: rows(300) });
		expect(error).toBeUndefined();
		expect(posts()).toHaveLength(1);
		expect(requests()).toHaveLength(300);
		expect(requests()[299]).toEqual({
			custom_id: 'row-299',
			params: { model, messages: [{ role: 'user', content: 'Hello 299' }] },
		});
		expect(items).toEqual([
			{
				json: {
					batchId: expect.stringMatching(/^msgbatch_/),
					status: 'in_progress',
					ended: false,
					requestCount: 300,
					requestCounts: expect.objectContaining({ processing: 300, succeeded: 0 }),
					createdAt: expect.any(String),
					expiresAt: expect.any(String),
				},
				pairedItem: Array.from({ length: 300 }, (_, item) => ({ item })),
			},
		]);
	});

	test('the requests of a batch have the item index as their ID by default', async () => {
		await create({ items: rows(2), fields: { customId: '={{ $itemIndex }}' } });
		expect(requests()).toMatchObject([{ custom_id: '0' }, { custom_id: '1' }]);
		sandbox.requestLog.clear();
		await runOperation(sandbox, {
			resource: 'batch',
			operation: 'create',
			model,
			items: rows(1),
			fields: { messages: values({ role: 'user', content: 'Hi' }) },
		});
		expect(requests()).toMatchObject([{ custom_id: '0' }]);
	});

	test('each request of a batch has its own model, parameters and system prompt', async () => {
		await create({
			items: [{ json: { id: 'a', text: 'Hi', model: 'somebody/other' } }, rows(2)[1]],
			model: `={{ $json.model ?? '${model}' }}`,
			modelParameters: { max_tokens: 200, stop_sequences: '["END"]' },
			fields: {
				messages: values(
					{ role: 'system', content: 'Be brief.' },
					{ role: 'user', content: '={{ $json.text }}' },
				),
				extraBody: '{ "top_k": 5 }',
			},
		});
		const params = { system: 'Be brief.', max_tokens: 200, stop_sequences: ['END'], top_k: 5 };
		expect(requests()).toEqual([
			{
				custom_id: 'a',
				params: {
					...params,
					model: 'somebody/other',
					messages: [{ role: 'user', content: 'Hi' }],
				},
			},
			{
				custom_id: 'row-1',
				params: { ...params, model, messages: [{ role: 'user', content: 'Hello 1' }] },
			},
		]);
	});

	test("a batch comes as the API's body without 'Simplify'", async () => {
		const { items } = await create({ items: rows(2), fields: { options: { simplify: false } } });
		expect(items).toMatchObject([
			{ json: { type: 'message_batch', request_counts: { processing: 2 } } },
		]);
	});

	test('a batch is not created again when it may have been created', async () => {
		for (const fault of [{ reset: 'body' }, { truncate: true }, { status: 504 }] as const) {
			sandbox.requestLog.clear();
			sandbox.faults.set([{ when: { method: 'POST' }, do: fault }]);
			expect((await create({ items: rows(2) })).error).toBeDefined();
			expect(posts()).toHaveLength(1);
		}
	});

	test('an answer without a batch ID is an error', async () => {
		sandbox.faults.set([{ when: { method: 'POST' }, do: { body: '{"type":"message_batch"}' } }]);
		expect((await create({ items: rows(2) })).error?.message).toBe('The answer has no batch ID');
	});
});

describe('a batch from a list', () => {
	const hello = { messages: [{ role: 'user', content: 'Hello' }] };
	const list = [
		{ custom_id: 'a', params: { ...hello, max_tokens: 7 } },
		{ custom_id: 2, params: { model: 'somebody/other', ...hello } },
	];

	test.each([
		['as JSON', JSON.stringify(list)],
		['by expression', '={{ $json.list }}'],
	])(
		"a list given %s gets what its requests leave open from the node's fields",
		async (_, given) => {
			const run = { items: [{ json: { list } }], modelParameters: { max_tokens: 50 } };
			const { items, error } = await fromList(given, run);
			expect(error).toBeUndefined();
			expect(items).toMatchObject([{ json: { requestCount: 2 }, pairedItem: [{ item: 0 }] }]);
			expect(requests()).toEqual([
				{ custom_id: 'a', params: { model, ...hello, max_tokens: 7 } },
				{ custom_id: '2', params: { model: 'somebody/other', ...hello, max_tokens: 50 } },
			]);
		},
	);

	test('the lists of all items are in one batch', async () => {
		const items = ['x', 'y'].map((name) => ({
			json: { list: list.map((entry) => ({ ...entry, custom_id: `${name}${entry.custom_id}` })) },
		}));
		const { items: made } = await fromList('={{ $json.list }}', { items });
		expect(made).toMatchObject([
			{ json: { requestCount: 4 }, pairedItem: [{ item: 0 }, { item: 1 }] },
		]);
		expect(posts()).toHaveLength(1);
	});

	test.each<[string, unknown, string]>([
		['nothing', '={{ $json.nope }}', "'Requests' must be a list of requests"],
		['no list', '{"a": 1}', "'Requests' must be a list of requests"],
		['broken JSON', '[{"a"', "'Requests' isn't valid JSON"],
		['an empty list', '[]', "'Requests' is empty"],
		['a request without params', '[{"custom_id": "a"}]', "Request 1 in 'Requests' has no params"],
		[
			'a request without an ID',
			JSON.stringify([list[0], { params: hello }]),
			"Request 2 in 'Requests' has no custom_id",
		],
		[
			'a request without messages',
			JSON.stringify([{ custom_id: 'a', params: { messages: [] } }]),
			"Request 1 in 'Requests' has no messages",
		],
		[
			'a message without content',
			JSON.stringify([{ custom_id: 'a', params: { messages: [{ role: 'user' }] } }]),
			"Message 1 in 'Messages' (user) is empty",
		],
		[
			'too many requests',
			'={{ Array.from({ length: 100001 }, () => ({})) }}',
			"'Requests' has 100001 requests",
		],
	])('a batch of %s is refused before it is sent', async (_, given, message) => {
		expect((await fromList(given)).error).toMatchObject({ message });
		expect(posts()).toHaveLength(0);
	});
});

describe('an invalid request among valid ones', () => {
	const twoGoodOneBad = [rows(1)[0], { json: { id: 'bad', text: '' } }, rows(3)[2]];
	const empty = "Message 1 in 'Messages' (user) is empty";

	test('an invalid request stops the workflow before the batch is created', async () => {
		const { error } = await create({ items: twoGoodOneBad });
		expect(error).toMatchObject({ message: empty, context: { itemIndex: 1 } });
		expect(posts()).toHaveLength(0);
	});

	test("an invalid request is not sent, however often 'Retry On Fail' runs the node", async () => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		expect((await create({ items: twoGoodOneBad, settings })).error?.message).toBe(empty);
		expect(posts()).toHaveLength(0);
	});

	test("an invalid request is left out of the batch with 'Continue'", async () => {
		const { items } = await create({ items: twoGoodOneBad, ...onward });
		expect(items).toMatchObject([
			{ json: { requestCount: 2 }, pairedItem: [{ item: 0 }, { item: 2 }] },
			{ json: { error: { message: empty } }, pairedItem: { item: 1 } },
		]);
		expect(requests()).toMatchObject([{ custom_id: 'row-0' }, { custom_id: 'row-2' }]);
	});

	test('an invalid request goes to the error branch with its data', async () => {
		const { items, errorItems } = await create({ items: twoGoodOneBad, ...parted });
		expect(items).toMatchObject([{ json: { requestCount: 2 } }]);
		expect(errorItems).toMatchObject([{ json: { id: 'bad', error: { message: empty } } }]);
	});

	test.each<[string, Partial<OperationRun>, string, string]>([
		[
			'an empty custom ID',
			{ fields: { customId: '={{ $json.nope }}' } },
			"'Custom ID' is empty",
			'find its result',
		],
		[
			'a custom ID that is an object',
			{ items: rows(1), fields: { customId: '={{ $json }}' } },
			"'Custom ID' must be text, but is an object",
			'the one field that holds the text',
		],
		[
			'a model that is an object',
			{ items: rows(1), model: '={{ $json }}' },
			"'Model' must be text, but is an object",
			'the one field that holds the text',
		],
		[
			'a custom ID that several items share',
			{ items: rows(3), fields: { customId: 'mine' } },
			"'Custom ID' is not unique: two requests have mine",
			'$itemIndex',
		],
		[
			'only a system message',
			{ fields: { messages: values({ role: 'system', content: 'Hi' }) } },
			`The model ${model} needs a message besides the system message`,
			"'User'",
		],
		[
			'two system prompts',
			{
				modelParameters: { system: 'One' },
				fields: {
					messages: values({ role: 'system', content: 'Two' }, { role: 'user', content: 'Hello' }),
				},
			},
			"'System' is set in 'Model Parameters' and there is a message with the role 'System'",
			'Remove one',
		],
		[
			'a parameter that batches do not have',
			{ modelParameters: { seed: 7 } },
			`The model ${model} has no parameter 'Seed'`,
			"'Extra Body'",
		],
		[
			'a parameter out of range',
			{ modelParameters: { temperature: 2 } },
			"'Temperature' must be a number between 0 and 1, but is 2",
			"'Model Parameters'",
		],
	])(
		'a batch request with %s is refused before it is sent',
		async (_, run, message, description) => {
			const { error } = await create({ items: rows(1), ...run });
			expect(error).toMatchObject({ message, description: expect.stringContaining(description) });
			expect(posts()).toHaveLength(0);
		},
	);
});

describe('what the API refuses', () => {
	test('a batch with a wrong key fails for every item, on the chosen branch', async () => {
		const credential = { apiKey: 'wrong', url: sandbox.url };
		const stopped = await create({ items: rows(2), credential });
		expect(stopped.error?.message).toBe(ERROR_MESSAGES.invalidKey);
		const branched = await create({ items: rows(2), credential, ...parted });
		expect(branched.items).toEqual([]);
		expect(branched.errorItems).toMatchObject([
			{ json: { id: 'row-0', error: { httpStatus: 401, model } }, pairedItem: { item: 0 } },
			{ json: { id: 'row-1', error: { httpStatus: 401, model } }, pairedItem: { item: 1 } },
		]);
		expect(posts()).toHaveLength(2);
	});

	test("'Retry On Fail' sends a refused batch again as a whole, but not a created one", async () => {
		const refusal = { status: 400, message: 'Not now' };
		sandbox.faults.set([{ when: { method: 'POST', nth: [1] }, do: refusal }]);
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const { items } = await create({ items: rows(3), settings });
		expect(items).toMatchObject([
			{ json: { requestCount: 3 }, pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }] },
		]);
		expect(posts()).toHaveLength(2);
	});

	test("a batch that the API refuses fails with the API's message", async () => {
		sandbox.faults.set([
			{ when: { method: 'POST' }, do: { status: 400, message: 'Too long by far' } },
		]);
		const { items } = await create({ items: rows(2), ...onward });
		expect(items.map(jsonOf)).toMatchObject([
			{ error: { message: 'Too long by far' } },
			{ error: { message: 'Too long by far' } },
		]);
		expect(posts()).toHaveLength(1);
	});
});

describe('the results of a batch', () => {
	test('each result of a batch becomes an item with its custom ID', async () => {
		const id = await started(rows(3));
		const { items, error } = await get(id);
		expect(error).toBeUndefined();
		expect(items.map(jsonOf)).toEqual(
			[0, 1, 2].map((n) => ({
				customId: `row-${n}`,
				text: expect.stringMatching(/./),
				finishReason: 'stop',
				model,
				id: expect.stringMatching(/^msg_/),
				usage: {
					inputTokens: expect.any(Number),
					outputTokens: expect.any(Number),
					totalTokens: expect.any(Number),
				},
			})),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
		const { inputTokens, outputTokens, totalTokens } = items[0].json.usage as never;
		expect(totalTokens).toBe(inputTokens + outputTokens);
	});

	test('a batch may have a single request', async () => {
		const { items } = await get(await started(rows(1)));
		expect(items.map(jsonOf)).toMatchObject([{ customId: 'row-0', text: expect.any(String) }]);
	});

	test('the results of several batches are linked to their own items', async () => {
		const ids = [await started(rows(1)), await started(rows(2))];
		const { items } = await get('={{ $json.id }}', quick, {
			items: ids.map((id) => ({ json: { id } })),
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	test("without 'Wait for Completion', a batch is an item with its status", async () => {
		const id = await started(rows(2));
		const status = { batchId: id, status: 'in_progress', ended: false, requestCount: 2 };
		const { items } = await get(id, { waitForCompletion: false });
		expect(items.map(jsonOf)).toMatchObject([status]);
		expect((await get(id, { waitForCompletion: false })).items).toHaveLength(2);
	});

	test("the results of a batch come as the API's lines without 'Simplify'", async () => {
		const id = await started(rows(2));
		const raw = { fields: { batchId: id, simplify: false, options: quick } };
		const { items } = await get(id, quick, raw);
		expect(items.map(jsonOf)).toMatchObject([
			{ custom_id: 'row-0', result: { type: 'succeeded', message: { role: 'assistant' } } },
			{ custom_id: 'row-1', result: { type: 'succeeded' } },
		]);
		const next = await started(rows(2));
		const poll = { batchId: next, simplify: false, options: { waitForCompletion: false } };
		const { items: polled } = await get(next, {}, { fields: poll });
		expect(polled.map(jsonOf)).toMatchObject([{ id: next, processing_status: 'in_progress' }]);
	});

	test('the results of a batch are read despite failed polls and truncated lines', async () => {
		const path = '/v1/batches';
		const id = await started(rows(2));
		sandbox.faults.set([
			{ when: { method: 'GET', path, nth: [2] }, do: { status: 500 } },
			{ when: { method: 'GET', path, nth: [3] }, do: { truncate: true } },
		]);
		const { items, error } = await get(id);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
	});

	test('a batch that takes too long fails with its ID, or is an item with its status', async () => {
		sandbox.setJobPace({ msUntilDone: 60_000 });
		const id = await started(rows(2));
		const late = await get(id, { ...quick, maxWait: 0.2 }, onward);
		expect(late.items.map(jsonOf)).toMatchObject([
			{
				error: {
					message: 'The batch is not ready after 0.2 s (status: in_progress)',
					description: expect.stringContaining(`'Get Batch Results' and the ID ${id}`),
					batchId: id,
				},
			},
		]);
		const returned = await get(id, { ...quick, maxWait: 0, onMaxWait: 'returnJob' });
		expect(returned.items.map(jsonOf)).toMatchObject([{ batchId: id, ended: false }]);
	});

	test('the first result of a batch has its cost where the API reports it', async () => {
		const line = { custom_id: 'a', result: { type: 'succeeded', message: { content: 'Hi' } } };
		const body = [line, { ...line, custom_id: 'b' }].map((one) => JSON.stringify(one)).join('\n');
		const headers = { 'x-aimlapi-usd-spent': '0.5', 'x-aimlapi-credits-used': '1000000' };
		sandbox.faults.set([{ when: { method: 'GET' }, do: { body, headers } }]);
		const { items } = await get('any');
		expect(items.map(({ json }) => json.cost)).toEqual([{ usd: 0.5, credits: 1000000 }, undefined]);
	});
});

describe('failed requests of a batch', () => {
	const items = [
		rows(1)[0],
		{ json: { id: 'hot', text: 'Hello', temperature: 9 } },
		{ json: { id: 'other', text: 'Hello', model: 'openai/gpt-4o-mini' } },
	];
	const startMixed = async () =>
		await started(items, {
			model: `={{ $json.model ?? '${model}' }}`,
			fields: { extraBody: '={{ $json.temperature ? { temperature: $json.temperature } : {} }}' },
		});
	const failed = (customId: string, batchId: string) => ({
		error: {
			message: expect.stringMatching(/./),
			description: expect.stringContaining('in a new batch'),
			type: 'invalid_request_error',
			customId,
			batchId,
		},
	});

	test('failed requests of a batch become items with an error, beside the others', async () => {
		const id = await startMixed();
		for (const run of [{}, onward]) {
			const { items: results, error } = await get(id, quick, run);
			expect(error).toBeUndefined();
			expect(results.map(jsonOf)).toEqual([
				expect.objectContaining({ customId: 'row-0', text: expect.any(String) }),
				failed('hot', id),
				failed('other', id),
			]);
		}
	});

	test('failed requests of a batch go to the error branch where there is one', async () => {
		const id = await startMixed();
		const { items: results, errorItems } = await get(id, quick, parted);
		expect(results.map(({ json }) => json.customId)).toEqual(['row-0']);
		expect(errorItems.map(jsonOf)).toMatchObject([failed('hot', id), failed('other', id)]);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	test.each([
		[{ type: 'expired' }, "The request ended as 'expired'", 'expired before'],
		[{ type: 'errored', error: 'No luck' }, 'No luck', 'Correct this request'],
		[{ type: 'odd', error: {} }, "The request ended as 'odd'", 'Correct this request'],
		[undefined, "The request ended as 'errored'", 'Correct this request'],
	])(
		'a failed request with the result %j becomes an error',
		async (result, message, description) => {
			const body = JSON.stringify({ custom_id: 'a', result });
			sandbox.faults.set([{ when: { method: 'GET' }, do: { body } }]);
			const { items: results } = await get('any');
			expect(results.map(jsonOf)).toMatchObject([
				{ error: { message, description: expect.stringContaining(description), customId: 'a' } },
			]);
		},
	);
});

describe('a batch that ends without results', () => {
	const answer = (body: object) =>
		sandbox.faults.set([{ when: { method: 'GET' }, do: { body: JSON.stringify(body) } }]);

	test("a batch that ends without results is an error, or a status without 'Wait for Completion'", async () => {
		answer({ id: 'b', status: 'cancelled', output: null, usage: [] });
		expect((await get('b')).error).toMatchObject({
			message: "The batch ended with the status 'cancelled'",
		});
		expect((await get('b', { waitForCompletion: false })).items.map(jsonOf)).toEqual([
			{ batchId: 'b', status: 'cancelled', ended: true },
		]);
	});

	test('a batch that ends without results is an item that has ended', async () => {
		answer({ id: 'b', processing_status: 'ended', request_counts: { canceled: 2, expired: 1 } });
		expect((await get('b')).items.map(jsonOf)).toEqual([
			{
				batchId: 'b',
				status: 'ended',
				ended: true,
				requestCount: 3,
				requestCounts: { canceled: 2, expired: 1 },
			},
		]);
	});

	test('a batch that ends in an error fails with that error', async () => {
		sandbox.faults.set([
			{ when: { method: 'POST' }, do: { jobError: { name: 'BatchError', message: 'Lost' } } },
		]);
		const id = await started(rows(1));
		sandbox.faults.clear();
		const { items } = await get(id, quick, onward);
		expect(items.map(jsonOf)).toMatchObject([{ error: { message: 'Lost', batchId: id } }]);
	});
});

describe('canceling', () => {
	test('canceling ends a running batch, whose requests become errors', async () => {
		const id = await started(rows(2));
		const { items, error } = await cancel(id);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{ json: { batchId: id, status: 'canceling', ended: false }, pairedItem: { item: 0 } },
		]);
		const { items: results } = await get(id);
		expect(results.map(({ json }) => json.error)).toMatchObject([
			{ type: 'canceled', customId: 'row-0', description: expect.stringContaining('canceled') },
			{ type: 'canceled', customId: 'row-1' },
		]);
		expect(sandbox.requestLog.usd).toBe(0);
	});

	test("canceling gives the API's body without 'Simplify'", async () => {
		const { items } = await cancel(await started(rows(1)), {
			fields: { options: { simplify: false } },
		});
		expect(items[0].json).toMatchObject({ type: 'message_batch', processing_status: 'canceling' });
	});

	test('the other documented answer to canceling is read, too', async () => {
		const body = JSON.stringify({ id: 'b', status: 'cancelled', output: null, usage: [] });
		sandbox.faults.set([{ when: { method: 'POST' }, do: { body } }]);
		const { items } = await cancel('b');
		expect(items.map(jsonOf)).toEqual([{ batchId: 'b', status: 'cancelled', ended: true }]);
	});

	test("canceling a batch that has ended fails with the API's message", async () => {
		const id = await started(rows(1));
		await get(id);
		expect((await cancel(id, onward)).items.map(jsonOf)).toMatchObject([
			{
				error: {
					message: `Batch ${id} cannot be canceled because it has already finished processing.`,
					httpStatus: 400,
				},
			},
		]);
	});
});

describe.each([
	['get', async (id: string, run: object) => await get(id, quick, run)],
	['cancel', cancel],
])('%s', (_, act) => {
	test('a batch operation with an empty ID is refused before it is sent', async () => {
		const { error } = await act('={{ $json.nope }}', {});
		expect(error).toMatchObject({
			message: "'Batch ID' is empty",
			description: expect.stringContaining('expression'),
		});
		expect(sandbox.requestLog.calls).toHaveLength(0);
	});

	test('a batch operation with an unknown ID is an error', async () => {
		expect((await act('a/b?', {})).error).toMatchObject({
			message: 'Batch a/b? not found',
			description: expect.stringContaining('Nothing was found under this ID'),
		});
	});

	test('a batch operation with a wrong key is an error', async () => {
		const credential = { apiKey: 'wrong', url: sandbox.url };
		expect((await act('any', { credential })).error?.message).toBe(ERROR_MESSAGES.invalidKey);
	});
});

describe('in the editor', () => {
	const chosen = { __rl: true, mode: 'list', value: 'openai/gpt-4o-mini' };
	const operation = { resource: 'batch', operation: 'create', model: chosen };

	test('the editor offers the chat models for a batch', async () => {
		const ids = (await listPickerEntries(sandbox, operation)).map(({ value }) => value);
		expect(ids).toContain(model);
		expect(ids).not.toContain('flux/schnell');
	});

	test('the editor offers the parameters of batches, whatever the model', async () => {
		const ids = (await listParameterFields(sandbox, operation)).map(({ id }) => id);
		expect(ids).toEqual(expect.arrayContaining(['max_tokens', 'stop_sequences', 'thinking']));
		expect(ids).not.toContain('stop');
	});
});
