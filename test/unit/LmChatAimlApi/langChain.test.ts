import { AgentExecutor, createToolCallingAgent } from '@langchain/classic/agents';
import { loadSummarizationChain } from '@langchain/classic/chains';
import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { Document } from '@langchain/core/documents';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { JsonOutputParser, StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { DynamicStructuredTool, DynamicTool } from '@langchain/core/tools';
import { z } from 'zod';
import { runChatModel, type ChatModelRun } from '../../engine/chatModelRun';
import { chatCalls } from '../../engine/chatRun';
import { useSandbox } from '../../support/useSandbox';

/* These tests run with n8n's SDK and, in the jest project `without-sdk`, without it. */

const sandbox = useSandbox();

const CHAT = '/v1/chat/completions';
const HELLO = 'Hello! How can I help you today?';

/** Runs the node and passes its model to `use`, whose result is the answer. */
async function withModel<T>(use: (model: BaseChatModel) => Promise<T>, run: ChatModelRun = {}) {
	const result = await runChatModel(
		sandbox,
		run,
		async (model) => await use(model as unknown as BaseChatModel),
	);
	return { ...result, answer: result.answers[0] as T };
}

/** The names of a value's class and those it extends. */
function classesOf(value: object): string[] {
	const prototype = Object.getPrototypeOf(value) as object | null;
	return prototype ? [prototype.constructor.name, ...classesOf(prototype)] : [];
}

const bodies = () => chatCalls(sandbox).map(({ body }) => body as Record<string, unknown>);

const toolOf = (name: string, schema: z.ZodObject<z.ZodRawShape>, calls: unknown[]) =>
	new DynamicStructuredTool({
		name,
		description: `Knows the ${name}`,
		schema,
		func: async (given: unknown) => {
			calls.push({ [name]: given });
			return `${name}: 21`;
		},
	});

const prompt = ChatPromptTemplate.fromMessages([
	['system', 'Be helpful.'],
	['human', '{input}'],
	['placeholder', '{agent_scratchpad}'],
]);

/** An agent like n8n's, with two tools whose parameters are Zod schemas. */
function agentOf(llm: BaseChatModel, calls: unknown[]): AgentExecutor {
	const tools = [
		toolOf('weather', z.object({ city: z.enum(['Paris']).describe('Where') }), calls),
		toolOf('calendar', z.object({ days: z.number().int().min(3).max(3) }), calls),
	];
	const agent = createToolCallingAgent({ llm, tools, prompt });
	return new AgentExecutor({ agent, tools });
}

describe('agents', () => {
	test('an agent runs two tools of one answer, and then answers with their results', async () => {
		const calls: unknown[] = [];
		const { answer } = await withModel(
			async (model) => await agentOf(model, calls).invoke({ input: 'weather and calendar' }),
		);
		expect(calls).toEqual([{ calendar: { days: 3 } }, { weather: { city: 'Paris' } }]);
		expect(answer.output).toContain('21');
		expect(bodies()).toHaveLength(2);
		expect(bodies()[1].messages).toMatchObject([
			{ role: 'system' },
			{ role: 'user' },
			{ role: 'assistant', tool_calls: [{}, {}] },
			{ role: 'tool' },
			{ role: 'tool' },
		]);
	});

	test('an agent sends the Zod schemas of its tools as JSON Schemas', async () => {
		await withModel(async (model) => await agentOf(model, []).invoke({ input: 'Hello' }));
		expect(bodies()[0].tools).toMatchObject([
			{
				function: {
					parameters: { properties: { days: { type: 'integer', minimum: 3, maximum: 3 } } },
				},
			},
			{
				function: {
					name: 'weather',
					description: 'Knows the weather',
					parameters: {
						properties: { city: { type: 'string', enum: ['Paris'], description: 'Where' } },
						required: ['city'],
					},
				},
			},
		]);
	});

	test('an agent sends a schema of another copy of Zod as a JSON Schema', async () => {
		// Its schema comes from LangChain's own Zod, like that of n8n's Calculator.
		const calculator = new DynamicTool({
			name: 'calculator',
			description: 'Calculates',
			func: async () => '42',
		});
		expect(calculator.schema).not.toBeInstanceOf(z.ZodType);
		await withModel(async (model) => await model.bindTools!([calculator]).invoke('Hello'));
		expect(bodies()[0].tools).toEqual([
			{
				type: 'function',
				function: {
					name: 'calculator',
					description: 'Calculates',
					parameters: { type: 'object', properties: { input: { type: 'string' } } },
				},
			},
		]);
	});

	test.each([
		['openai/gpt-4o-mini', 'any', 'required'],
		['anthropic/claude-opus-4-5', 'any', { type: 'any' }],
		[
			'openai/gpt-4o-mini',
			'sales.report',
			{ type: 'function', function: { name: 'sales_report' } },
		],
		['anthropic/claude-opus-4-5', 'sales.report', { type: 'tool', name: 'sales_report' }],
	])(
		'an agent whose first answer must call a tool sends %s each tool once, with the choice %j',
		async (model, choice, sent) => {
			const tools = [toolOf('sales.report', z.object({ city: z.enum(['Paris']) }), [])];
			const { error, answer } = await withModel(
				async (supplied) => {
					// As n8n's AI Agent does with 'Force Tool Call on First Iteration'.
					const llm = supplied.bindTools!(tools, { tool_choice: choice }) as BaseChatModel;
					const agent = createToolCallingAgent({ llm, tools, prompt });
					const first = { input: 'Hello', steps: [] };
					return await agent.invoke(first);
				},
				{ model },
			);
			expect(error).toBeUndefined();
			expect(answer).toMatchObject([{ tool: 'sales.report', toolInput: { city: 'Paris' } }]);
			expect(bodies()[0].tools).toHaveLength(1);
			expect(bodies()[0].tool_choice).toEqual(sent);
		},
	);

	test('a tool that is bound again replaces the one of its name', async () => {
		const days = toolOf('calendar', z.object({ days: z.number() }), []);
		const weeks = toolOf('calendar', z.object({ weeks: z.number() }), []);
		await withModel(async (model) => {
			const bound = model.bindTools!([days]) as BaseChatModel;
			await bound.bindTools!([weeks]).invoke('Hello');
		});
		expect(bodies()[0].tools).toMatchObject([
			{ function: { parameters: { required: ['weeks'] } } },
		]);
	});

	test.each([
		['an object', { degrees: 21 }, '{"degrees":21}'],
		['a number', 21, '21'],
		[
			'texts',
			[
				{ type: 'text', text: '2' },
				{ type: 'text', text: '1' },
			],
			'21',
		],
		[
			'a resource of an MCP server',
			[{ type: 'resource', resource: { uri: 'weather://paris', text: '21' } }],
			'[{"type":"resource","resource":{"uri":"weather://paris","text":"21"}}]',
		],
		['a list of values', ['sunny', 21], '["sunny",21]'],
	])('an agent sends a tool’s result that is %s as a text', async (_, result, sent) => {
		const weather = new DynamicStructuredTool({
			name: 'weather',
			description: 'Knows the weather',
			schema: z.object({ city: z.enum(['Paris']) }),
			func: async () => result as unknown as string,
		});
		const { error } = await withModel(async (llm) => {
			const agent = createToolCallingAgent({ llm, tools: [weather], prompt });
			return await new AgentExecutor({ agent, tools: [weather] }).invoke({ input: 'weather' });
		});
		expect(error).toBeUndefined();
		expect((bodies()[1].messages as object[]).at(-1)).toMatchObject({ content: sent });
	});

	test('an agent sends a reasoning model its reasoning back with the results of the tools', async () => {
		const { answer, error } = await withModel(
			async (model) => await agentOf(model, []).invoke({ input: 'weather and calendar' }),
			{ model: 'sandbox/needs-reasoning' },
		);
		expect(error).toBeUndefined();
		expect(answer.output).toContain('21');
		expect(bodies()[1].messages).toMatchObject([
			{},
			{},
			{ role: 'assistant', reasoning_content: expect.any(String) },
			{},
			{},
		]);
	});

	test('an agent streams events for the chunks of the answer and for its end', async () => {
		const { answer } = await withModel(async (model) => {
			const events = agentOf(model, []).streamEvents({ input: 'Hello' }, { version: 'v2' });
			const pieces: string[] = [];
			const ends: unknown[] = [];
			for await (const { event, data } of events) {
				if (event === 'on_chat_model_stream') pieces.push(String(data.chunk.content));
				if (event === 'on_chat_model_end') ends.push(data.output.content);
			}
			return { pieces: pieces.filter(Boolean), ends };
		});
		expect(answer.pieces.length).toBeGreaterThan(1);
		expect(answer.pieces.join('')).toBe(HELLO);
		expect(answer.ends).toEqual([HELLO]);
	});
});

describe('chains', () => {
	const prompt = ChatPromptTemplate.fromMessages([['human', '{text}']]);

	test('a chain runs the model between a prompt and a parser', async () => {
		const { answer } = await withModel(
			async (model) =>
				await prompt.pipe(model).pipe(new StringOutputParser()).invoke({ text: 'Hello' }),
		);
		expect(answer).toBe(HELLO);
	});

	test('a chain gets answers of the class of its own messages', async () => {
		const { answer } = await withModel(async (model) => {
			const chain = prompt.pipe(model);
			const streamed = [];
			for await (const piece of await chain.stream({ text: 'Hello' })) streamed.push(piece);
			return [await chain.invoke({ text: 'Hello' }), ...streamed, streamed[0].concat(streamed[1])];
		});
		expect(answer.length).toBeGreaterThan(3);
		// By name, since n8n's SDK has its own copy of LangChain here; in n8n there is only one.
		for (const message of answer) expect(classesOf(message)).toContain('BaseMessage');
		expect(answer[0].content).toBe(HELLO);
		expect(answer[0].getType()).toBe('ai');
	});

	test('a chain streams chunks through a parser', async () => {
		const { answer } = await withModel(async (model) => {
			const pieces: string[] = [];
			const chain = prompt.pipe(model).pipe(new StringOutputParser());
			for await (const piece of await chain.stream({ text: 'Hello' })) pieces.push(piece);
			return pieces;
		});
		expect(answer.filter(Boolean).length).toBeGreaterThan(1);
		expect(answer.join('')).toBe(HELLO);
	});

	test('a chain may start with the model and continue with a function', async () => {
		const { answer } = await withModel(async (model) => {
			const chain = model.pipe(new StringOutputParser()).pipe((text) => text.length);
			const pieces: unknown[] = [];
			for await (const piece of await chain.stream('Hello')) pieces.push(piece);
			return { whole: await chain.invoke('Hello'), pieces };
		});
		expect(answer.whole).toBe(HELLO.length);
		expect(answer.pieces).toEqual([HELLO.length]);
	});

	test('a chain parses JSON that the prompt asks for', async () => {
		const schema = '{"properties":{"city":{"type":"string","enum":["Oslo"]}},"required":["city"]}';
		const text = `Answer by this JSON Schema:\n\`\`\`json\n${schema}\n\`\`\``;
		const { answer } = await withModel(
			async (model) => await model.pipe(new JsonOutputParser()).invoke(text),
		);
		expect(answer).toEqual({ city: 'Oslo' });
	});

	test('a chain summarizes 30 documents with a request for each and more to join them', async () => {
		const documents = Array.from(
			{ length: 30 },
			(_, index) => new Document({ pageContent: `Document ${index}. ${'Words. '.repeat(100)}` }),
		);
		const { answer } = await withModel(
			async (model) =>
				await loadSummarizationChain(model, { type: 'map_reduce' }).invoke({
					input_documents: documents,
				}),
		);
		expect(answer.text).toEqual(expect.any(String));
		const texts = bodies().map(({ messages }) => JSON.stringify(messages));
		const asked = documents.map((_, index) =>
			texts.filter((text) => text.includes(`Document ${index}. Words.`)),
		);
		expect(asked.every((requests) => requests.length > 0)).toBe(true);
		expect(texts.length).toBeGreaterThan(30);
	});
});

describe('structured output', () => {
	const person = z.object({ name: z.string(), age: z.number().int() });

	test('structured output is an object that fits a Zod schema', async () => {
		const { answer } = await withModel(
			async (model) =>
				await model.withStructuredOutput(person, { name: 'person' }).invoke('A person, please'),
		);
		expect(person.safeParse(answer)).toMatchObject({ success: true });
	});

	test('structured output for a JSON Schema can include the raw answer', async () => {
		const schema = {
			name: 'person',
			type: 'object',
			properties: { name: { type: 'string' } },
			required: ['name'],
		};
		const { answer } = await withModel(
			async (model) =>
				await model
					.withStructuredOutput(schema, { name: 'person', includeRaw: true })
					.invoke('A person, please'),
		);
		expect(answer).toMatchObject({
			raw: { tool_calls: [{ name: 'person' }] },
			parsed: { name: expect.any(String) },
		});
	});

	test('structured output fails if the model does not call the function', async () => {
		const { error } = await withModel(
			async (model) =>
				await model.withStructuredOutput(person, { name: 'person' }).invoke('Say something else'),
		);
		expect(error?.message).toBe("The model did not call the function 'person'");
	});
});

describe('runnables', () => {
	test('options that are bound to a model are used in its calls', async () => {
		await withModel(async (model) => await model.withConfig({ stop: ['END'] }).invoke('Hello'));
		expect(bodies()).toMatchObject([{ stop: ['END'] }]);
	});

	test('a batch returns its answers in the order of the inputs', async () => {
		const { answer } = await withModel(async (model) =>
			(await model.batch(['Hello', 'one more', 'Hello'])).map(({ content }) => content),
		);
		expect(answer[0]).toBe(HELLO);
		expect(answer[1]).not.toBe(HELLO);
		expect(answer[2]).toBe(HELLO);
	});

	test('a batch can return errors among its answers', async () => {
		sandbox.faults.set([{ when: { path: CHAT, contains: 'bad' }, do: { status: 400 } }]);
		const { answer } = await withModel(
			async (model) => await model.batch(['Hello', 'bad'], undefined, { returnExceptions: true }),
		);
		expect(answer).toMatchObject([{ content: HELLO }, { name: 'NodeApiError' }]);
	});

	test('a failed call is passed to the fallback', async () => {
		sandbox.faults.set([{ when: { path: CHAT, nth: 1 }, do: { status: 400 } }]);
		const { answer } = await withModel(
			async (model) =>
				await model.withFallbacks([model]).pipe(new StringOutputParser()).invoke('Hello'),
		);
		expect(answer).toBe(HELLO);
		expect(bodies()).toHaveLength(2);
	});

	test('a call fails with the first error if its fallbacks fail, too', async () => {
		sandbox.faults.set([
			{ when: { path: CHAT, nth: 1 }, do: { status: 400, message: 'first' } },
			{ when: { path: CHAT }, do: { status: 400, message: 'second' } },
		]);
		const { error } = await withModel(
			async (model) => await model.withFallbacks([model]).invoke('Hello'),
		);
		expect(error?.message).toBe('first');
	});
});

describe('messages', () => {
	test('messages are sent with their roles and images', async () => {
		const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
		const text = { type: 'text', text: 'What is this?' };
		await withModel(
			async (model) =>
				await model.invoke([
					new SystemMessage('Be brief.'),
					new HumanMessage('Hi'),
					new AIMessage('Hello'),
					new HumanMessage({ content: [text, image] }),
				]),
			{ model: 'openai/gpt-4o' },
		);
		expect(bodies()[0].messages).toMatchObject([
			{ role: 'system', content: 'Be brief.' },
			{ role: 'user', content: 'Hi' },
			{ role: 'assistant', content: 'Hello' },
			{ role: 'user', content: [text, image] },
		]);
	});

	test.each([
		['in the content only', undefined],
		['in the content, too', [{ id: 'a', name: 'weather', args: { city: 'Paris' } }]],
	])('a call that another provider returned %s is sent with its result', async (_, calls) => {
		const content = [
			{ type: 'thinking', thinking: 'Hm.', signature: 'S' },
			{ type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Paris' } },
		];
		await withModel(
			async (model) =>
				await model.invoke([
					new HumanMessage('weather'),
					new AIMessage({ content, ...(calls && { tool_calls: calls }) }),
					new ToolMessage({ content: '21', tool_call_id: 'a' }),
				]),
		);
		expect((bodies()[0].messages as object[]).slice(1)).toEqual([
			{
				role: 'assistant',
				content: '',
				tool_calls: [
					{
						id: 'a',
						type: 'function',
						function: { name: 'weather', arguments: '{"city":"Paris"}' },
					},
				],
			},
			{ role: 'tool', tool_call_id: 'a', content: '21' },
		]);
	});

	test('an answer can be part of a prompt, and is serialized like a LangChain message', async () => {
		const { answer } = await withModel(async (model) => {
			const given = await model.invoke('Hello');
			const prompt = ChatPromptTemplate.fromMessages([['placeholder', '{history}']]);
			const value = await prompt.invoke({ history: [given] });
			return { messages: value.toChatMessages(), stored: JSON.parse(JSON.stringify(given)) };
		});
		expect(answer.messages[0]).toMatchObject({ content: HELLO });
		expect(answer.stored).toMatchObject({
			lc: 1,
			type: 'constructor',
			id: ['langchain_core', 'messages', 'AIMessage'],
			kwargs: { content: HELLO, tool_calls: [] },
		});
	});
});

describe('callback handlers', () => {
	class Recorder extends BaseCallbackHandler {
		name = 'recorder';
		awaitHandlers = true;
		readonly seen: string[] = [];
		override handleChatModelStart() {
			this.seen.push('start');
		}
		override handleLLMNewToken() {
			if (this.seen.at(-1) !== 'token') this.seen.push('token');
		}
		override handleLLMEnd(output: { generations: Array<Array<{ text: string }>> }) {
			this.seen.push(`end: ${output.generations[0][0].text}`);
		}
		override handleLLMError(error: Error) {
			this.seen.push(`error: ${error.message}`);
		}
	}

	test("handlers of a call and the model's own handlers get the answer", async () => {
		const given = new Recorder();
		const own = new Recorder();
		const { log } = await withModel(async (model) => {
			const callbacks = (model.callbacks ?? []) as BaseCallbackHandler[];
			model.callbacks = [...callbacks, own];
			await model.invoke('Hello', { callbacks: [given] });
		});
		expect(given.seen).toEqual(['start', `end: ${HELLO}`]);
		expect(own.seen).toEqual(['start', `end: ${HELLO}`]);
		expect(log).toHaveLength(1);
	});

	test('handlers that n8n’s Model Selector adds get the answers of a model with tools, too', async () => {
		const own = new Recorder();
		const { log } = await withModel(async (model) => {
			model.callbacks = [...((model.callbacks ?? []) as BaseCallbackHandler[]), own];
			await model.bindTools!([toolOf('weather', z.object({}), [])]).invoke('Hello');
		});
		expect(own.seen).toEqual(['start', `end: ${HELLO}`]);
		expect(log).toHaveLength(1);
	});

	test('handlers get the chunks and the end of a stream', async () => {
		const recorder = new Recorder();
		await withModel(async (model) => {
			const stream = await model.stream('Hello', { callbacks: [recorder] });
			for await (const piece of stream) void piece;
		});
		expect(recorder.seen).toEqual(['start', 'token', `end: ${HELLO}`]);
	});

	test("handlers get an error, which n8n's run log shows once", async () => {
		sandbox.faults.set([{ when: { path: CHAT }, do: { status: 400, message: 'No' } }]);
		const recorder = new Recorder();
		const { error, log } = await withModel(
			async (model) => await model.invoke('Hello', { callbacks: [recorder] }),
		);
		expect(recorder.seen).toEqual(['start', 'error: No']);
		expect(error?.message).toBe('No');
		expect(log.map((entry) => entry.error?.message)).toEqual(['No']);
	});
});

test('an aborted call fails without waiting for the answer', async () => {
	sandbox.faults.set([{ when: { path: CHAT }, do: { delayMs: 20_000 } }]);
	const controller = new AbortController();
	const { answer } = await withModel(async (model) => {
		const asked = model.invoke('Hello', { signal: controller.signal });
		controller.abort(new Error('enough'));
		return await asked.catch((error: Error) => error.message);
	});
	expect(answer).toMatch(/enough|abort/i);
});

test('n8n’s run log shows the prompt, the answer, the tokens and the cost', async () => {
	const { log } = await withModel(async (model) => await model.invoke('Hello'));
	expect(log[0].inputOverride?.ai_languageModel?.[0]?.[0].json).toMatchObject({
		messages: ['Human: Hello'],
	});
	expect(log[0].data?.ai_languageModel?.[0]?.[0].json).toMatchObject({
		response: { generations: [[{ text: HELLO, generationInfo: { finish_reason: 'stop' } }]] },
		tokenUsage: {
			promptTokens: expect.any(Number),
			completionTokens: expect.any(Number),
			cost: expect.any(Number),
		},
	});
});
