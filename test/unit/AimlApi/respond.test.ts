import type { INodeParameters } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox({ chunkDelayMs: 0 });

const PATH = '/v1/responses';
const says = (...values: Array<Record<string, unknown>>) =>
	({ messages: { values } }) as unknown as INodeParameters;
const hello = says({ role: 'user', content: 'Hello' });
const respond = async ({ fields, ...run }: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, {
		resource: 'chat',
		operation: 'respond',
		model: 'openai/gpt-5-5-pro',
		...run,
		fields: { ...hello, ...fields },
	});
const sent = () => sandbox.requestLog.calls.filter(({ path }) => path === PATH);

test('a message becomes a text with its reasoning, usage and cost', async () => {
	const { items, error } = await respond();
	expect(error).toBeUndefined();
	const [{ usd, credits, body }] = sent();
	expect(body).toEqual({
		model: 'openai/gpt-5-5-pro',
		input: [{ role: 'user', content: 'Hello' }],
	});
	expect(items).toEqual([
		{
			json: {
				text: expect.stringContaining('Hello'),
				reasoning: expect.any(String),
				finishReason: 'stop',
				model: 'openai/gpt-5-5-pro',
				id: expect.stringMatching(/^resp_/),
				usage: {
					inputTokens: expect.any(Number),
					outputTokens: expect.any(Number),
					reasoningTokens: expect.any(Number),
					totalTokens: expect.any(Number),
				},
				cost: { usd, credits },
			},
			pairedItem: { item: 0 },
		},
	]);
});

test('a conversation with a tool is sent as input items', async () => {
	const history = [
		{ role: 'user', content: 'What is the weather?' },
		{
			role: 'assistant',
			content: '',
			tool_calls: [
				{
					id: 'call_1',
					type: 'function',
					function: { name: 'weather', arguments: '{"city":"Rome"}' },
				},
			],
		},
		{ role: 'tool', tool_call_id: 'call_1', content: 'Sunny' },
	];
	const { error } = await respond({
		items: [{ json: { history } }],
		fields: says(
			{ role: 'system', content: 'Be brief' },
			{ role: 'user', content: '={{ $json.history }}' },
		),
	});
	expect(error).toBeUndefined();
	expect(sent()[0].body).toHaveProperty('input', [
		{ role: 'system', content: 'Be brief' },
		{ role: 'user', content: 'What is the weather?' },
		{ type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' },
		{ type: 'function_call_output', call_id: 'call_1', output: 'Sunny' },
	]);
});

test('a picture and a PDF are sent as parts of the last message', async () => {
	const png = { data: 'iVBORw0KGgo=', mimeType: 'image/png', fileName: 'a.png' };
	const pdf = { data: 'JVBERi0=', mimeType: 'application/pdf', fileName: 'a.pdf' };
	const { error } = await respond({
		items: [{ json: {}, binary: { png, pdf } }],
		fields: {
			attachments: {
				values: ['png', 'pdf'].map((binaryPropertyName) => ({
					source: 'binary',
					binaryPropertyName,
				})),
			},
		},
	});
	expect(error).toBeUndefined();
	expect(sent()[0].body).toHaveProperty('input.0.content', [
		{ type: 'input_text', text: 'Hello' },
		{ type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' },
		{
			type: 'input_file',
			filename: 'a.pdf',
			file_data: 'data:application/pdf;base64,JVBERi0=',
		},
	]);
});

test('a JSON answer is requested in the form of the endpoint, and parsed', async () => {
	const { items, error } = await respond({
		fields: { responseFormat: 'json_schema', jsonSchemaExample: '{"word": "yes"}' },
	});
	expect(error).toBeUndefined();
	expect(sent()[0].body).toHaveProperty('text.format', {
		type: 'json_schema',
		name: 'response',
		strict: true,
		schema: expect.objectContaining({ required: ['word'] }),
	});
	expect(items[0].json.json).toEqual({ word: expect.any(String) });
});

test('an answer that is not the JSON asked for is sent back once', async () => {
	const wrong = {
		id: 'resp_1',
		status: 'completed',
		output: [{ type: 'message', content: [{ type: 'output_text', text: 'Yes!' }] }],
	};
	sandbox.faults.set([{ when: { path: PATH, nth: 1 }, do: { body: JSON.stringify(wrong) } }]);
	const { items, error } = await respond({
		fields: { responseFormat: 'json_schema', jsonSchemaExample: '{"word": "yes"}' },
	});
	expect(error).toBeUndefined();
	expect(items[0].json.json).toEqual({ word: expect.any(String) });
	expect(sent()[1].body).toHaveProperty('input.1', { role: 'assistant', content: 'Yes!' });
});

test('the arguments of tool calls are parsed', async () => {
	const tools = [
		{
			type: 'function',
			name: 'weather',
			strict: false,
			parameters: { type: 'object', properties: { city: { type: 'string' } } },
		},
	];
	const { items, error } = await respond({ modelParameters: { tools, tool_choice: 'required' } });
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({
		finishReason: 'tool_calls',
		toolCalls: [{ id: expect.any(String), name: 'weather', arguments: expect.any(Object) }],
	});
});

test("an answer that is cut off has the finish reason 'length'", async () => {
	const { items } = await respond({
		modelParameters: { max_output_tokens: 16 },
		fields: says({ role: 'user', content: 'Tell me everything about lighthouses. '.repeat(20) }),
	});
	expect(items[0].json.finishReason).toBe('length');
});

test('a streamed answer is read whole', async () => {
	const { items, error } = await respond({ modelParameters: { stream: true } });
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({
		text: expect.stringContaining('Hello'),
		cost: { credits: sent()[0].credits },
	});
});

test('a stream that ends in an error fails with its message', async () => {
	const failed = {
		response: { status: 'failed', error: { message: 'The model gave up' }, output: [] },
	};
	sandbox.faults.set([
		{
			when: { path: PATH },
			do: { body: `data: ${JSON.stringify(failed)}\n\n`, contentType: 'text/event-stream' },
		},
	]);
	const { error } = await respond({ modelParameters: { stream: true } });
	expect(error?.message).toBe('The model gave up');
});

test.each([
	['sandbox/response-refusal', 'I cannot help with that.'],
	['sandbox/response-parts', expect.stringMatching(/^First of all: ./)],
])('the answer of %s is read', async (model, text) => {
	const { items } = await respond({ model });
	expect(items[0].json.text).toEqual(text);
});
