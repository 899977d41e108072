import { useSandbox } from '../../support/useSandbox';
import { chatCalls, runChat } from '../../engine/chatRun';

const sandbox = useSandbox();

const sentBody = () => chatCalls(sandbox)[0].body as Record<string, unknown>;

describe('the request', () => {
	test('a request has only model and messages when nothing else is set', async () => {
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

	test("nothing but the answer is requested when nothing depends on the model's schema", async () => {
		await runChat(sandbox, { messages: 'Hello' });
		expect(sandbox.requestLog.calls.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
	});

	test('model parameters are sent with the types of their schema', async () => {
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

	test("the model's schema is loaded once for many items", async () => {
		const items = Array.from({ length: 20 }, (_, number) => ({ json: { number } }));
		await runChat(sandbox, { items, modelParameters: { temperature: 1 } });
		const free = sandbox.requestLog.calls.filter(({ method }) => method === 'GET');
		expect(free.map(({ path }) => path)).toEqual(['/v1/models', '/docs-json']);
	});

	test("'Extra Body' is merged last and unchecked", async () => {
		const { error } = await runChat(sandbox, {
			modelParameters: { temperature: 1 },
			fields: { options: { extraBody: '{"temperature": 9}' } },
		});
		expect(sentBody().temperature).toBe(9);
		expect(error?.message).toContain('temperature');
	});

	test("an expression in 'Extra Body' may return an object", async () => {
		await runChat(sandbox, {
			items: [{ json: { body: { user: 'b', metadata: { a: [1, null] } } } }],
			fields: { options: { extraBody: '={{ $json.body }}' } },
		});
		expect(sentBody()).toMatchObject({ user: 'b', metadata: { a: [1, null] } });
	});

	test("'Extra Body' of an older workflow is merged with the option", async () => {
		await runChat(sandbox, {
			fields: { extraBody: '{"seed": 1, "user": "a"}', options: { extraBody: '{"user": "b"}' } },
		});
		expect(sentBody()).toMatchObject({ seed: 1, user: 'b' });
	});

	test('a conversation from an expression is inserted in its place', async () => {
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

	test("a system message for an Anthropic model becomes the property 'system'", async () => {
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

	test("a request has the user's request ID", async () => {
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

	test('an image of the item is sent as a data URL after the text', async () => {
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

	test('an image on the web is sent by its URL', async () => {
		await runChat(sandbox, {
			fields: attach([{ source: 'url', url: 'https://example.com/photo.jpg' }]),
		});
		expect(JSON.stringify(sentBody().messages)).toContain(
			'{"type":"image_url","image_url":{"url":"https://example.com/photo.jpg"}}',
		);
	});

	test('a PDF is sent to an Anthropic model as a document part', async () => {
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
	test('an answer is a flat item with usage and cost', async () => {
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

	test('each choice of an answer is an item, with the cost on the first', async () => {
		const { items } = await runChat(sandbox, { modelParameters: { n: 3 } });
		expect(items).toHaveLength(3);
		expect(items.map(({ json }) => 'cost' in json)).toEqual([true, false, false]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
		]);
	});

	test("an answer that was cut off has the finish reason 'length'", async () => {
		const { items } = await runChat(sandbox, { modelParameters: { max_tokens: 1 } });
		expect(items[0].json.finishReason).toBe('length');
	});

	test.each(['sandbox/reasoning-content', 'sandbox/reasoning', 'sandbox/think-tags'])(
		'an answer of %s has its reasoning apart from the text',
		async (model) => {
			const { items } = await runChat(sandbox, { model });
			expect(items[0].json.reasoning).toContain('The user wants');
			expect(items[0].json.text).not.toContain('The user wants');
		},
	);

	test('an answer in content parts is joined to one text', async () => {
		const { items } = await runChat(sandbox, { model: 'sandbox/content-parts' });
		expect(items[0].json).toMatchObject({
			text: expect.stringMatching(/\w/),
			finishReason: 'end_turn',
		});
	});

	test('an answer has its sources', async () => {
		const { items } = await runChat(sandbox, { model: 'sandbox/citations' });
		expect(items[0].json.citations).toEqual([
			{ url: 'https://example.com/', title: 'Example Domain' },
			{ url: 'https://example.org/', title: 'Example Organization' },
		]);
	});

	test('an answer with tool calls has their arguments parsed', async () => {
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

	test('a streamed answer is the same as one that was not streamed', async () => {
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

	test('a JSON answer is parsed, with a schema made from an example', async () => {
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

	test('a JSON answer is parsed, with a schema of the user', async () => {
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

	test('a JSON answer in a Markdown fence is parsed', async () => {
		const { items } = await runChat(sandbox, { model: 'sandbox/fenced-json', fields: example });
		expect(items[0].json.json).toHaveProperty('category');
		expect(chatCalls(sandbox)).toHaveLength(1);
	});

	test('an invalid JSON answer is sent back once, and both calls are in the cost', async () => {
		const { items } = await runChat(sandbox, {
			model: 'sandbox/broken-json-once',
			fields: example,
		});
		expect(items[0].json.json).toHaveProperty('category');
		expect(chatCalls(sandbox)).toHaveLength(2);
		const { credits } = items[0].json.cost as { credits: number };
		expect(credits).toBe(chatCalls(sandbox).reduce((sum, call) => sum + call.credits, 0));
	});

	test('a JSON answer that stays invalid fails with the raw text and the cost', async () => {
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

	test('a JSON answer is not expected where the model calls a tool instead', async () => {
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

	test('a response format that the model does not document is refused unsent', async () => {
		const { error } = await runChat(sandbox, { model: 'gemini-1.5-flash', fields: example });
		expect(error?.message).toContain("'Response Format'");
		expect(chatCalls(sandbox)).toHaveLength(0);
	});
});
