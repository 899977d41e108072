import { useSandbox } from '../../support/useSandbox';
import { call, chat } from './client';
import { post } from './media';

const sandbox = useSandbox({ chunkDelayMs: 0 });

const grok = 'x-ai/grok-4-3';
const ask = async (input: unknown, more: object = {}) =>
	(await post(sandbox, '/v1/responses', { model: grok, input, ...more })).body;
const textIn = (body: { output: Array<{ content?: Array<{ text: string }> }> }) =>
	body.output.flatMap(({ content = [] }) => content.map(({ text }) => text)).join('');
const greeting = 'Hello! How can I help you today?';

const weather = {
	type: 'function',
	name: 'get_weather',
	strict: true,
	parameters: { type: 'object', properties: { city: { type: 'string' } } },
};

test('the Responses endpoint answers with a message, usage and cost', async () => {
	const body = await ask('Hello');
	expect(body).toMatchObject({
		id: expect.stringMatching(/^resp_/),
		object: 'response',
		status: 'completed',
		model: grok,
		output: [
			{
				type: 'message',
				role: 'assistant',
				content: [{ type: 'output_text', text: greeting, annotations: [] }],
			},
		],
		usage: {
			input_tokens: 2,
			output_tokens: 8,
			total_tokens: 10,
			output_tokens_details: { reasoning_tokens: 0 },
		},
		meta: { usage: { credits_used: 252, usd_spent: 0.000126 } },
	});
	expect(sandbox.requestLog.calls[0].credits).toBe(252);
});

test('the Responses endpoint is served under the unversioned path too', async () => {
	expect((await post(sandbox, '/responses', { model: grok, input: 'Hello' })).status).toBe(200);
});

test('the Responses endpoint reads items: roles, parts and instructions', async () => {
	const body = await ask(
		[
			{ role: 'user', content: 'Something else' },
			{ role: 'assistant', content: [{ type: 'output_text', text: 'Yes' }] },
			{
				type: 'message',
				role: 'user',
				content: [
					{ type: 'input_text', text: 'What is this?' },
					{ type: 'input_image', image_url: 'https://example.com/a.png' },
				],
			},
		],
		{ model: 'openai/gpt-5-5-pro', instructions: 'Be brief' },
	);
	expect(textIn(body)).toMatch(/^I see 1 image\. You wrote "What is this\?"/);
	expect(textIn(await ask('One. Two.', { instructions: 'Summarize' }))).toBe('One.');
});

test('the Responses endpoint reasons on request, or always for some models', async () => {
	const told = await ask('Hello', { reasoning: { effort: 'low' } });
	const always = await ask('Hello', { model: 'openai/gpt-5-5-pro' });
	for (const { output, usage } of [told, always]) {
		expect(output.map(({ type }: { type: string }) => type)).toEqual(['reasoning', 'message']);
		expect(output[0].summary).toEqual([{ type: 'summary_text', text: 'The user wants: Hello' }]);
		expect(usage.output_tokens_details.reasoning_tokens).toBe(6);
	}
});

test('the Responses endpoint calls a function and uses its result', async () => {
	const [called] = (await ask('What is the weather?', { tools: [weather] })).output;
	expect(called).toEqual({
		id: expect.stringMatching(/^fc_/),
		type: 'function_call',
		status: 'completed',
		call_id: expect.stringMatching(/^call_/),
		name: 'get_weather',
		arguments: expect.stringMatching(/^\{"city":/),
	});
	const { call_id, name, arguments: given } = called;
	const body = await ask(
		[
			{ role: 'user', content: 'What is the weather?' },
			{ type: 'function_call', call_id, name, arguments: given },
			{ type: 'function_call_output', call_id, output: 'Sunny' },
		],
		{ tools: [weather] },
	);
	expect(textIn(body)).toBe('Sunny');
});

test('the Responses endpoint answers JSON by a schema', async () => {
	const schema = { type: 'object', properties: { mood: { enum: ['good', 'bad'] } } };
	const format = { type: 'json_schema', name: 'answer', schema };
	const body = await ask('All is good', { text: { format } });
	expect(JSON.parse(textIn(body))).toEqual({ mood: 'good' });
});

test('a response is incomplete when the answer is too long', async () => {
	const body = await ask('x'.repeat(100), { max_output_tokens: 16 });
	expect(body).toMatchObject({
		status: 'incomplete',
		incomplete_details: { reason: 'max_output_tokens' },
	});
	expect(textIn(body)).toHaveLength(64);
});

test('the Responses endpoint streams events, the last with the whole response', async () => {
	const request = { model: grok, input: 'Hello', stream: true };
	const { text, headers } = await call(sandbox, request, { path: '/v1/responses' });
	expect(headers.get('content-type')).toBe('text/event-stream');
	const events = text
		.trim()
		.split('\n\n')
		.map((event) => JSON.parse(event.replace(/^event: .*\ndata: /, '')));
	const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
	expect(deltas.map(({ delta }) => delta).join('')).toBe(greeting);
	expect(events[0].type).toBe('response.created');
	expect(textIn(events[events.length - 1].response)).toBe(greeting);
	expect(sandbox.requestLog.calls[0].credits).toBe(252);
});

test('the Responses endpoint is not served for models that are not there, nor chat for models that are only there', async () => {
	const body = await ask('Hello', { model: 'openai/gpt-4o' });
	expect(body.statusCode).toBe(404);
	expect((await call(sandbox, chat('Hello', { model: grok }))).status).toBe(404);
});

test.each<[object, string]>([
	[{ messages: [] }, 'messages'],
	[{ max_output_tokens: 1 }, 'max_output_tokens'],
	[{ tools: [{ ...weather, strict: undefined }] }, 'tools[0].strict'],
	[{ input: undefined }, 'input'],
])('the Responses endpoint refuses %j', async (more, field) => {
	const body = await ask('Hello', more);
	expect(body.statusCode).toBe(400);
	expect(body.errors[0].path).toBe(field);
});

test('sandbox/response-refusal refuses in a part of its own', async () => {
	const { output } = await ask('Hello', { model: 'sandbox/response-refusal' });
	expect(output[0].content).toEqual([{ type: 'refusal', refusal: expect.any(String) }]);
});

test('sandbox/response-parts answers in two parts', async () => {
	const body = await ask('Hello', { model: 'sandbox/response-parts' });
	expect(body.output[0].content).toHaveLength(2);
	expect(textIn(body)).toBe(`First of all: ${greeting}`);
});
