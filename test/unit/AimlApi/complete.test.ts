import { useSandbox } from '../../support/useSandbox';
import { clearCatalog } from '../../../nodes/shared/models/catalog';
import { chatCalls, runChat } from '../../engine/chatRun';

const sandbox = useSandbox();

beforeEach(() => {
	clearCatalog();
});

const sentBody = () => chatCalls(sandbox)[0].body as Record<string, unknown>;

describe('the request', () => {
	test('the request holds the model and the messages only, when nothing else is set', async () => {
		const { items } = await runChat(sandbox, { model: 'gemini-1.5-flash', messages: 'Hello' });

		expect(JSON.stringify(sentBody())).toBe(
			'{"model":"gemini-1.5-flash","messages":[{"role":"user","content":"Hello"}]}',
		);
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({
			text: expect.stringMatching(/\w/),
			finishReason: 'stop',
			model: 'gemini-1.5-flash',
		});
	});

	test('the request asks for nothing but the answer, when nothing hangs on the model', async () => {
		await runChat(sandbox, { messages: 'Hello' });
		expect(sandbox.requestLog.calls.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
	});

	test('the request carries model parameters as their schema wants them', async () => {
		await runChat(sandbox, {
			model: 'gemini-1.5-flash',
			modelParameters: { temperature: '0.5', stop: '["END","STOP"]', max_tokens: 40, top_p: null },
		});
		expect(sentBody()).toEqual({
			model: 'gemini-1.5-flash',
			messages: [{ role: 'user', content: 'Hello' }],
			temperature: 0.5,
			stop: ['END', 'STOP'],
			max_tokens: 40,
		});
	});

	test('the request is checked against the catalogue once for many items', async () => {
		const items = Array.from({ length: 20 }, (_, number) => ({ json: { number } }));
		await runChat(sandbox, { items, modelParameters: { temperature: 1 } });
		const free = sandbox.requestLog.calls.filter(({ method }) => method === 'GET');
		expect(free.map(({ path }) => path)).toEqual(['/v1/models', '/docs-json']);
	});

	test('the request takes the extra body last and unchecked', async () => {
		const { error } = await runChat(sandbox, {
			modelParameters: { temperature: 1 },
			fields: { options: { extraBody: '{"temperature": 9}' } },
		});
		expect(sentBody().temperature).toBe(9);
		expect(error?.message).toContain('temperature');
	});

	test('the request takes the extra body of a workflow saved when it was a field of its own', async () => {
		await runChat(sandbox, {
			fields: { extraBody: '{"seed": 1, "user": "a"}', options: { extraBody: '{"user": "b"}' } },
		});
		expect(sentBody()).toMatchObject({ seed: 1, user: 'b' });
	});

	test('the request takes a whole conversation from an expression, in its place', async () => {
		const history = [
			{ role: 'user', content: 'Hi' },
			{ role: 'assistant', content: 'Hello' },
		];
		await runChat(sandbox, {
			items: [{ json: { history } }],
			messages: {
				values: [
					{ role: 'system', content: 'Be brief' },
					{ role: 'user', content: '={{ $json.history }}' },
					{ role: 'user', content: 'Bye' },
				],
			},
		});
		expect(sentBody().messages).toEqual([
			{ role: 'system', content: 'Be brief' },
			...history,
			{ role: 'user', content: 'Bye' },
		]);
	});

	test('the request moves the system message to where an Anthropic model takes it', async () => {
		await runChat(sandbox, {
			model: 'anthropic/claude-opus-4-5',
			modelParameters: { max_tokens: 100 },
			messages: {
				values: [
					{ role: 'system', content: 'Be brief' },
					{ role: 'user', content: 'Hi' },
				],
			},
		});
		expect(sentBody()).toMatchObject({
			system: 'Be brief',
			messages: [{ role: 'user', content: 'Hi' }],
		});
	});

	test('the request carries a request ID of the user', async () => {
		await runChat(sandbox, { fields: { options: { requestId: 'order-4711' } } });
		expect(chatCalls(sandbox)[0].clientRequestId).toBe('order-4711');
	});
});

describe('attachments', () => {
	const png = {
		data: 'iVBORw0KGgo=',
		mimeType: 'image/png',
		fileName: 'photo.png',
	};
	const attach = (entries: object[]) => ({
		options: { attachments: { values: entries as never[] } },
	});

	test('an image of the item goes along as data URL, after the text', async () => {
		const { error } = await runChat(sandbox, {
			items: [{ json: {}, binary: { photo: png } }],
			messages: 'What is this?',
			fields: attach([{ source: 'binary', binaryPropertyName: 'photo' }]),
		});
		expect(error).toBeUndefined();
		expect(sentBody().messages).toEqual([
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'What is this?' },
					{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
				],
			},
		]);
	});

	test('an image on the web goes along by its address', async () => {
		await runChat(sandbox, {
			fields: attach([{ source: 'url', url: 'https://example.com/photo.jpg' }]),
		});
		expect(JSON.stringify(sentBody().messages)).toContain(
			'{"type":"image_url","image_url":{"url":"https://example.com/photo.jpg"}}',
		);
	});

	test('a PDF goes to an Anthropic model as its document part', async () => {
		const { error } = await runChat(sandbox, {
			model: 'anthropic/claude-opus-4-5',
			modelParameters: { max_tokens: 100 },
			items: [
				{
					json: {},
					binary: { data: { data: 'JVBERi0=', mimeType: 'application/pdf', fileName: 'a.pdf' } },
				},
			],
			fields: attach([{ source: 'binary', binaryPropertyName: 'data' }]),
		});
		expect(error).toBeUndefined();
		expect(JSON.stringify(sentBody().messages)).toContain(
			'{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}}',
		);
	});
});

describe('the answer', () => {
	test('the answer is a flat item with usage and cost', async () => {
		const { items } = await runChat(sandbox);
		const [call] = chatCalls(sandbox);
		expect(items[0].json).toEqual({
			text: expect.any(String),
			finishReason: 'stop',
			model: expect.stringContaining('gpt-4o-mini'),
			id: expect.any(String),
			usage: {
				inputTokens: expect.any(Number),
				outputTokens: expect.any(Number),
				reasoningTokens: expect.any(Number),
				totalTokens: expect.any(Number),
			},
			cost: { usd: call.usd, credits: call.credits },
		});
		expect(call.usd).toBeGreaterThan(0);
	});

	test("the answer is the API's body unchanged without 'Simplify'", async () => {
		const { items } = await runChat(sandbox, { fields: { options: { simplify: false } } });
		expect(items[0].json).toMatchObject({
			object: 'chat.completion',
			choices: [{ message: { role: 'assistant' } }],
			meta: { usage: { credits_used: expect.any(Number) } },
		});
	});

	test('the answer has an item for each choice, and its cost once', async () => {
		const { items } = await runChat(sandbox, { modelParameters: { n: 3 } });
		expect(items).toHaveLength(3);
		expect(items.map(({ json }) => 'cost' in json)).toEqual([true, false, false]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
		]);
	});

	test('the answer says when it was cut off at its limit', async () => {
		const { items } = await runChat(sandbox, { modelParameters: { max_tokens: 1 } });
		expect(items[0].json.finishReason).toBe('length');
	});

	test.each(['sandbox/reasoning-content', 'sandbox/reasoning', 'sandbox/think-tags'])(
		'the answer of %s has the reasoning apart from the text',
		async (model) => {
			const { items } = await runChat(sandbox, { model });
			expect(items[0].json.reasoning).toContain('The user wants');
			expect(items[0].json.text).not.toContain('The user wants');
		},
	);

	test('the answer in content parts is joined to text', async () => {
		const { items } = await runChat(sandbox, { model: 'sandbox/content-parts' });
		expect(items[0].json).toMatchObject({
			text: expect.stringMatching(/\w/),
			finishReason: 'end_turn',
		});
	});

	test('the answer names its sources', async () => {
		const { items } = await runChat(sandbox, { model: 'sandbox/citations' });
		expect(items[0].json.citations).toEqual([
			{ url: 'https://example.com/', title: 'Example Domain' },
			{ url: 'https://example.org/', title: 'Example Organization' },
		]);
	});

	test('the answer with tool calls has their arguments parsed', async () => {
		const tool = {
			type: 'function',
			function: {
				name: 'weather',
				description: 'Weather of a city',
				parameters: {
					type: 'object',
					properties: { city: { type: 'string' } },
					required: ['city'],
				},
			},
		};
		const { items } = await runChat(sandbox, {
			messages: 'What is the weather in Paris?',
			modelParameters: { tools: JSON.stringify([tool]) },
		});
		expect(items[0].json).toMatchObject({
			finishReason: 'tool_calls',
			toolCalls: [{ name: 'weather', arguments: { city: expect.any(String) } }],
		});
	});

	test('the answer that was streamed reads like one that was not', async () => {
		const plain = await runChat(sandbox, { messages: 'Tell me about Paris' });
		const streamed = await runChat(sandbox, {
			messages: 'Tell me about Paris',
			modelParameters: { stream: true },
		});
		expect(streamed.items[0].json.text).toBe(plain.items[0].json.text);
		expect(streamed.items[0].json.cost).toEqual(plain.items[0].json.cost);
	});
});

describe('a JSON answer', () => {
	const example = {
		responseFormat: 'json_schema',
		schemaType: 'fromJson',
		jsonSchemaExample: '{"category": "billing", "urgent": true}',
	};

	test('a JSON answer arrives parsed, by a schema made from an example', async () => {
		const { items } = await runChat(sandbox, { fields: example });
		expect(sentBody().response_format).toEqual({
			type: 'json_schema',
			json_schema: {
				name: 'response',
				strict: true,
				schema: {
					type: 'object',
					properties: { category: { type: 'string' }, urgent: { type: 'boolean' } },
					required: ['category', 'urgent'],
					additionalProperties: false,
				},
			},
		});
		expect(items[0].json.json).toEqual({
			category: expect.any(String),
			urgent: expect.any(Boolean),
		});
	});

	test('a JSON answer arrives parsed, by a schema of the user', async () => {
		const schema = { type: 'object', properties: { kind: { enum: ['invoice', 'other'] } } };
		const { items } = await runChat(sandbox, {
			messages: 'An invoice came',
			fields: {
				responseFormat: 'json_schema',
				schemaType: 'manual',
				inputSchema: JSON.stringify(schema),
			},
		});
		expect(items[0].json.json).toEqual({ kind: 'invoice' });
	});

	test('a JSON answer loses the Markdown fence around it', async () => {
		const { items } = await runChat(sandbox, { model: 'sandbox/fenced-json', fields: example });
		expect(items[0].json.json).toHaveProperty('category');
		expect(chatCalls(sandbox)).toHaveLength(1);
	});

	test('a JSON answer that is broken is sent back once, and both calls are in the cost', async () => {
		const { items } = await runChat(sandbox, {
			model: 'sandbox/broken-json-once',
			fields: example,
		});
		expect(items[0].json.json).toHaveProperty('category');
		expect(chatCalls(sandbox)).toHaveLength(2);
		const { credits } = items[0].json.cost as { credits: number };
		expect(credits).toBe(chatCalls(sandbox).reduce((sum, call) => sum + call.credits, 0));
	});

	test('a JSON answer that stays broken fails with the raw text and what it cost', async () => {
		const { items } = await runChat(sandbox, {
			model: 'sandbox/broken-json-once',
			fields: { ...example, options: { repairJson: false } },
			settings: { onError: 'continueRegularOutput' },
		});
		expect(chatCalls(sandbox)).toHaveLength(1);
		expect(items[0].json.error).toMatchObject({
			message: expect.stringContaining('not the JSON that was asked for'),
			text: expect.stringContaining('category'),
			cost: { usd: chatCalls(sandbox)[0].usd },
		});
	});

	test('a JSON answer that was cut off is not sent back', async () => {
		const { error } = await runChat(sandbox, {
			fields: example,
			modelParameters: { max_tokens: 1 },
		});
		expect(error?.message).toBe('The answer was cut off before its JSON was complete');
		expect(chatCalls(sandbox)).toHaveLength(1);
	});

	test('a JSON answer is not looked for where the model calls a tool instead', async () => {
		const weather = { name: 'weather', description: 'Weather', parameters: { type: 'object' } };
		const { items } = await runChat(sandbox, {
			messages: 'What is the weather?',
			modelParameters: { tools: JSON.stringify([{ type: 'function', function: weather }]) },
			fields: { responseFormat: 'json_object' },
		});
		expect(items[0].json).toMatchObject({ toolCalls: [{ name: 'weather' }] });
		expect(items[0].json).not.toHaveProperty('json');
		expect(chatCalls(sandbox)).toHaveLength(1);
	});

	test('a JSON answer is refused beforehand for a model that documents none', async () => {
		const { error } = await runChat(sandbox, { model: 'gemini-1.5-flash', fields: example });
		expect(error?.message).toContain("'Response Format'");
		expect(chatCalls(sandbox)).toHaveLength(0);
	});
});
