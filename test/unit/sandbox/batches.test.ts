import { useSandbox } from '../../support/useSandbox';
import { call, chat, read } from './client';
import { post } from './media';

const sandbox = useSandbox();

const claude = (content: string, more: object = {}) =>
	chat(content, { model: 'anthropic/claude-opus-4-5', max_tokens: 100, ...more });
const requests = [
	{ custom_id: 'a', params: claude('Hello') },
	{ custom_id: 'b', params: claude('Hello', { temperature: 9 }) },
	{ custom_id: 'c', params: chat('Hello') },
];

const start = async (more: object = {}) =>
	await post(sandbox, '/v1/batches', { requests, ...more });
const poll = async (id: string) => await read(sandbox, `/v1/batches?batch_id=${id}`);
const cancel = async (id: string) => await post(sandbox, `/v1/batches/cancel/${id}`, {});

test('a batch runs as a job that answers JSON while it runs and JSON Lines when it is done', async () => {
	const { body } = await start();
	expect(body).toMatchObject({
		id: expect.stringMatching(/^msgbatch_/),
		type: 'message_batch',
		processing_status: 'in_progress',
		request_counts: { processing: 3, succeeded: 0 },
		results_url: null,
	});
	expect((await poll(body.id)).body).toEqual(body);

	const { headers, text } = await poll(body.id);
	expect(headers.get('content-type')).toMatch('application/x-jsonl');
	const lines = text
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));
	expect(lines).toMatchObject([
		{
			custom_id: 'a',
			result: {
				type: 'succeeded',
				message: {
					type: 'message',
					role: 'assistant',
					model: 'anthropic/claude-opus-4-5',
					content: [{ type: 'text', text: 'Hello! How can I help you today?' }],
					stop_reason: 'end_turn',
					usage: { input_tokens: 2, output_tokens: 8 },
				},
			},
		},
		{
			custom_id: 'b',
			result: {
				type: 'errored',
				error: { error: { message: expect.stringMatching('temperature') } },
			},
		},
		{
			custom_id: 'c',
			result: {
				type: 'errored',
				error: { error: { message: expect.stringMatching('gpt-4o-mini') } },
			},
		},
	]);
});

test('a batch costs half of the requests that succeeded, once it is done', async () => {
	const single = await call(sandbox, claude('Hello'));
	sandbox.requestLog.clear();
	const { body } = await start();
	expect(sandbox.requestLog.calls[0]).toMatchObject({ startedJob: body.id, credits: 0 });
	for (let count = 0; count < 3; count++) await poll(body.id);
	expect(sandbox.requestLog.calls.map(({ credits }) => credits)).toEqual([
		single.body.meta.usage.credits_used / 2,
		0,
		0,
		0,
	]);
});

test('a batch can be canceled while it runs, and is free then', async () => {
	const { body } = await start();
	expect((await cancel(body.id)).body).toMatchObject({
		id: body.id,
		processing_status: 'canceling',
		cancel_initiated_at: expect.any(String),
	});
	const lines = (await poll(body.id)).text.trimEnd().split('\n');
	expect(lines.map((line) => JSON.parse(line))).toEqual(
		['a', 'b', 'c'].map((custom_id) => ({ custom_id, result: { type: 'canceled' } })),
	);
	expect(sandbox.requestLog.usd).toBe(0);
});

test('a batch cannot be canceled after it has ended', async () => {
	const { body } = await start();
	await poll(body.id);
	await poll(body.id);
	const refused = await cancel(body.id);
	expect(refused.status).toBe(400);
	expect(refused.body.message).toMatch(/^400 \{.*has already finished processing/);
});

test('a batch can be made to fail by a fault', async () => {
	const error = { name: 'BatchError', message: 'Lost' };
	sandbox.faults.set([{ when: { method: 'POST' }, do: { jobError: error } }]);
	const { body } = await start();
	sandbox.faults.clear();
	await poll(body.id);
	expect((await poll(body.id)).body).toEqual({ id: body.id, status: 'error', error });
});

test('a batch accepts a model at the top level, as documented', async () => {
	expect((await start({ model: 'anthropic/claude-opus-4-5' })).status).toBe(200);
});

test.each<[object, string]>([
	[{ requests: [] }, 'requests'],
	[{ requests: [{ params: claude('Hello') }] }, 'requests[0].custom_id'],
	[{ requests: [{ custom_id: 'a', params: {} }] }, 'requests[0].params.model'],
	[{ name: 'mine' }, 'name'],
])('a batch refuses %j', async (more, field) => {
	const { status, body } = await start(more);
	expect(status).toBe(400);
	expect(body.errors[0].path).toBe(field);
});

test('a batch is unknown under another id', async () => {
	for (const answer of [await poll('batch_none'), await cancel('batch_none')]) {
		expect(answer.status).toBe(404);
	}
});
