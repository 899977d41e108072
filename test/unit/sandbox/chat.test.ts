import { type Sandbox } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { call, chat, openSandbox } from './client';

const sandbox = useSandbox();

const answerTo = async (request: object) => (await call(sandbox, request)).body;
const contentFor = async (request: object) => (await answerTo(request)).choices[0].message.content;

const text =
	'The harbour was closed on Monday. A storm had damaged two cranes, and repairs take a week.';

describe('a chat answer', () => {
	test('a chat answer has the documented shape', async () => {
		const body = await answerTo(chat('Hello'));
		expect(body).toEqual({
			id: expect.stringMatching(/^chatcmpl-/),
			object: 'chat.completion',
			created: expect.any(Number),
			model: 'openai/gpt-4o-mini',
			choices: [
				{
					index: 0,
					message: { role: 'assistant', content: 'Hello! How can I help you today?' },
					finish_reason: 'stop',
					logprobs: null,
				},
			],
			usage: expect.objectContaining({
				prompt_tokens: 2,
				completion_tokens: 8,
				total_tokens: 10,
			}),
			meta: { usage: { credits_used: 11, usd_spent: 0.0000055 } },
		});
		expect(body.created).toBeLessThan(1e11);
	});

	test('a chat answer has IDs and cost in the headers, and echoes a valid client ID', async () => {
		const { headers, body } = await call(sandbox, chat('Hello'), {
			headers: { 'x-client-request-id': 'order-17:a' },
		});
		expect(headers.get('x-inference-id')).toMatch(/^[\da-f-]{36}$/);
		expect(headers.get('x-client-request-id')).toBe('order-17:a');
		expect(headers.get('x-aimlapi-credits-used')).toBe(String(body.meta.usage.credits_used));
		expect(Number(headers.get('x-aimlapi-usd-spent'))).toBe(body.meta.usage.usd_spent);
	});

	test('a chat answer drops an invalid client id silently', async () => {
		const { status, headers } = await call(sandbox, chat('Hello'), {
			headers: { 'x-client-request-id': 'not valid!' },
		});
		expect(status).toBe(200);
		expect(headers.get('x-client-request-id')).toBeNull();
	});

	test('a chat answer has status 201 for the gemini-1.5-flash snapshot', async () => {
		expect((await call(sandbox, chat('Hello', { model: 'gemini-1.5-flash' }))).status).toBe(201);
	});

	test.each(['/chat/completions', '/v2/chat/completions'])(
		'a chat answer comes under %s too',
		async (path) => {
			expect((await call(sandbox, chat('Hello'), { path })).status).toBe(200);
		},
	);

	test('a chat answer does not come under a doubled /v1', async () => {
		const { status } = await call(sandbox, chat('Hello'), { path: '/v1/v1/chat/completions' });
		expect(status).toBe(404);
	});

	test('a chat answer costs by the rate of the parameter that the price depends on', async () => {
		const web = await answerTo(chat('Hello', { model: 'perplexity/sonar' }));
		const academic = await answerTo(
			chat('Hello', { model: 'perplexity/sonar', search_mode: 'academic' }),
		);
		expect(web.meta.usage.usd_spent).toBeCloseTo((2 * 1 + 8 * 1) / 1_000_000, 9);
		expect(academic.meta.usage.usd_spent).toBeCloseTo((2 * 2 + 8 * 8) / 1_000_000, 9);
	});
});

describe('the content', () => {
	test('the content is the first sentence if the prompt asks for a summary', async () => {
		const summary = 'The harbour was closed on Monday.';
		expect(await contentFor(chat(`Summarize in one sentence:\n\n${text}`))).toBe(summary);
		const messages = [
			{ role: 'system', content: 'You write summaries.' },
			{ role: 'user', content: text },
		];
		expect(await contentFor({ model: 'gpt-4o', messages })).toBe(summary);
	});

	test('the content of a summary is short even for a text without sentences', async () => {
		const summary = await contentFor(chat(`Summarize: ${'word '.repeat(500)}`));
		expect(summary.length).toBeLessThanOrEqual(200);
	});

	test('the content quotes the beginning of any other prompt', async () => {
		expect(await contentFor(chat('Which way to the station?'))).toContain(
			'"Which way to the station?"',
		);
	});

	test('the content names the attachments', async () => {
		const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
		const file = { type: 'file', file: { filename: 'a.pdf', file_data: 'AAAA' } };
		expect(
			await contentFor(chat([{ type: 'text', text: 'What is this?' }, image, image, file])),
		).toMatch(/^I see 2 images and 1 file\. You wrote "What is this\?"/);
	});

	test('the content is the same for the same seed, in another sandbox too', async () => {
		const [a, b, c] = await Promise.all([7, 7, 8].map(async (seed) => await openSandbox({ seed })));
		const withoutTime = async (from: Sandbox) => ({
			...(await call(from, chat('Tell me something'))).body,
			created: 0,
		});
		const first = await withoutTime(a);
		expect(await withoutTime(b)).toEqual(first);
		expect((await withoutTime(c)).id).not.toBe(first.id);
	});

	test.each(['max_tokens', 'max_completion_tokens'])(
		'the content is cut at %s',
		async (parameter) => {
			const { choices, usage } = await answerTo(chat('Hello', { [parameter]: 3 }));
			expect(choices[0].message.content).toBe('Hello! How c');
			expect(choices[0].finish_reason).toBe('length');
			expect(usage.completion_tokens).toBe(3);
		},
	);

	test('the content comes n times, each time different', async () => {
		const { choices } = await answerTo(chat('Hello', { n: 3 }));
		expect(choices.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2]);
		const contents = choices.map(
			({ message }: { message: { content: string } }) => message.content,
		);
		expect(new Set(contents).size).toBe(3);
	});
});

describe('JSON', () => {
	const classify = (content: string) =>
		chat(content, {
			response_format: {
				type: 'json_schema',
				json_schema: {
					name: 'ticket',
					schema: {
						type: 'object',
						properties: {
							category: { type: 'string', enum: ['billing', 'technical', 'sales'] },
							urgent: { type: 'boolean' },
							summary: { type: 'string' },
						},
						required: ['category', 'urgent', 'summary'],
						additionalProperties: false,
					},
				},
			},
		});

	test('JSON follows a schema that the prompt asks for, in a fence', async () => {
		const schema = { type: 'object', properties: { urgent: { type: 'boolean' } } };
		const instructions = `Follow this JSON Schema:\n\`\`\`json\n${JSON.stringify(schema)}\n\`\`\``;
		const content = await contentFor(
			chat('It is urgent!', {
				messages: [
					{ role: 'system', content: instructions },
					{ role: 'user', content: 'It is urgent!' },
				],
			}),
		);
		expect(content).toBe('```json\n{"urgent":true}\n```');
	});

	test('JSON follows a schema, with the enum value that the text has', async () => {
		const content = await contentFor(classify('A technical question, urgent! It does not start.'));
		expect(JSON.parse(content)).toEqual({
			category: 'technical',
			urgent: true,
			summary: 'A technical question, urgent!',
		});
	});

	test('JSON takes the last enum value when the text has none', async () => {
		expect(JSON.parse(await contentFor(classify('My invoice is wrong.')))).toMatchObject({
			category: 'sales',
			urgent: false,
		});
	});

	test('JSON is an object for json_object', async () => {
		const content = await contentFor(chat('Hello', { response_format: { type: 'json_object' } }));
		expect(JSON.parse(content)).toEqual({ answer: 'Hello! How can I help you today?' });
	});
});

describe('tools', () => {
	const weather = {
		type: 'function',
		function: {
			name: 'get_weather',
			description: 'Weather of a city',
			parameters: {
				type: 'object',
				properties: { city: { type: 'string', enum: ['Paris', 'Oslo'] } },
				required: ['city'],
			},
		},
	};
	const stocks = { type: 'function', function: { name: 'lookupStock', parameters: {} } };

	test('tools are called when the prompt has a word of their name', async () => {
		const { choices } = await answerTo(
			chat('What is the weather in Oslo?', { tools: [stocks, weather] }),
		);
		expect(choices[0].finish_reason).toBe('tool_calls');
		expect(choices[0].message).toEqual({
			role: 'assistant',
			content: null,
			tool_calls: [
				{
					id: expect.stringMatching(/^call_\w{24}$/),
					type: 'function',
					function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
				},
			],
		});
	});

	test.each<[string, unknown, string[] | undefined]>([
		['none', 'none', undefined],
		['required', 'required', ['lookupStock']],
		['one by name', { type: 'function', function: { name: 'get_weather' } }, ['get_weather']],
	])('tools are called by tool_choice: %s', async (_, tool_choice, names) => {
		const prompt = names ? 'Hello' : 'What is the weather?';
		const { choices } = await answerTo(chat(prompt, { tools: [stocks, weather], tool_choice }));
		const called = choices[0].message.tool_calls?.map(
			(toolCall: { function: { name: string } }) => toolCall.function.name,
		);
		expect(called).toEqual(names);
	});

	test('tools are called in parallel unless that is disabled', async () => {
		const request = chat('Weather and stock, please', { tools: [stocks, weather] });
		const both = await answerTo(request);
		expect(both.choices[0].message.tool_calls).toHaveLength(2);
		const one = await answerTo({ ...request, parallel_tool_calls: false });
		expect(one.choices[0].message.tool_calls).toHaveLength(1);
	});

	test('tools are not called again once their answer has come', async () => {
		const toolCall = {
			id: 'call_1',
			type: 'function',
			function: { name: 'get_weather', arguments: '{}' },
		};
		const content = await contentFor({
			model: 'gpt-4o',
			tools: [weather],
			messages: [
				{ role: 'user', content: 'What is the weather?' },
				{ role: 'assistant', content: null, tool_calls: [toolCall] },
				{ role: 'tool', tool_call_id: 'call_1', content: 'Rain, 9 °C' },
			],
		});
		expect(content).toBe('Rain, 9 °C');
	});

	test("tools are called in Anthropic's form too", async () => {
		const { choices } = await answerTo(
			chat('What is the weather?', {
				model: 'anthropic/claude-opus-4-5',
				tools: [{ name: 'get_weather', input_schema: weather.function.parameters }],
			}),
		);
		expect(choices[0].message.tool_calls[0].function).toEqual({
			name: 'get_weather',
			arguments: '{"city":"Oslo"}',
		});
	});
});
