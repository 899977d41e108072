import { toBatchItem, toLineItem } from '../../../../../nodes/AimlApi/resources/batch/results';
import { ApiResponse } from '../../../../../nodes/shared/transport/apiResponse';

const item = (result: Record<string, unknown>) => toLineItem({ result }, 'b');
const completion = {
	id: 'c',
	model: 'm',
	choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }],
	usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
};

test.each<[string, Record<string, unknown>]>([
	["OpenAI's form", { response: { status_code: 200, body: completion }, error: null }],
	["a message in OpenAI's form", { result: { type: 'succeeded', message: completion } }],
])('a result in %s has the text and usage of its completion', (_, result) => {
	expect(item({ custom_id: '1', ...result })).toEqual({
		customId: '1',
		text: 'Hello',
		finishReason: 'stop',
		model: 'm',
		id: 'c',
		usage: { inputTokens: 3, outputTokens: 1, totalTokens: 4 },
	});
});

test.each<[string, Record<string, unknown>, string, string]>([
	[
		'body',
		{ response: { status_code: 400, body: { error: { message: 'Bad' } } } },
		'Bad',
		'errored',
	],
	['line', { error: { code: 'batch_expired', message: 'Late' } }, 'Late', 'expired'],
	['line without a message', { error: { code: 'batch_cancelled' } }, "as 'canceled'", 'canceled'],
])("a failed result in OpenAI's form has the error of its %s", (_, line, message, type) => {
	expect(item({ custom_id: '1', response: null, ...line })).toMatchObject({
		error: { message: expect.stringContaining(message), type, customId: '1', batchId: 'b' },
	});
});

test("a status in OpenAI's form counts each request once and has its times", () => {
	const body = {
		...{ id: 'b', status: 'completed', created_at: 1_711_471_533 },
		request_counts: { total: 3, completed: 2, failed: 1 },
	};
	const response = new ApiResponse(200, {}, Buffer.from(JSON.stringify(body)));
	expect(toBatchItem(response)).toMatchObject({
		requestCount: 3,
		createdAt: '2024-03-26T16:45:33.000Z',
	});
});

test('a time that is no date loses only itself', () => {
	const body = JSON.stringify({
		id: 'b',
		status: 'in_progress',
		created_at: 1e20,
		expires_at: null,
	});
	const item = toBatchItem(new ApiResponse(200, {}, Buffer.from(body)));
	expect(item).toEqual({ batchId: 'b', status: 'in_progress', ended: false });
});
