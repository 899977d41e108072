import { readChat, readStreamedResponse, type ChatChunk } from '../../harness/n8nChat';
import type { Execution } from '../../harness/n8nRest';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import {
	agent,
	BOTH_TOOLS,
	CALCULATED,
	chatAgent,
	chatModel,
} from '../../harness/workflows/agents';
import { makePng } from '../../sandbox/media/png';
import { streamedMessage, streamingChatTrigger } from '../../harness/workflows/streaming';
import { example, withParameters } from '../../harness/workflows/workflow';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

const CHAT = '/v1/chat/completions';
const MODEL = 'openai/gpt-4o-mini';
const VERSIONS = [2.2, 3.1];
const idOf = (kind: string, version: number) =>
	`${kind}${version}`.replace('.', '').padEnd(16, '0');

const STREAMING = 'aimlapiChat00001';
const STREAMING_THOUGHT = 'aimlapiChat00002';
const STREAMED_CHAT = 'aimlapiChat00003';
const STREAMED_WEBHOOK = 'aimlapiChat00004';
const agentExample = example('chat-with-an-agent');
const impatient = { options: { maxRetries: 1 } };
const withFallback = { options: { maxRetries: 0, fallbackModels: [MODEL] } };

const streamingWebhook = {
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	parameters: { httpMethod: 'POST', path: STREAMED_WEBHOOK, responseMode: 'streaming' },
};

const workflows = [
	...VERSIONS.flatMap((version) => [
		agent(idOf('plain', version), version, chatModel(MODEL, impatient)),
		agent(idOf('thinking', version), version, chatModel('sandbox/needs-reasoning')),
		agent(idOf('fallback', version), version, chatModel('google/gemini-2.5-flash', withFallback)),
		agent(idOf('claude', version), version, chatModel('anthropic/claude-opus-4-5')),
		agent(idOf('broken', version), version, chatModel('sandbox/broken-arguments')),
	]),
	chatAgent(STREAMING, chatModel(MODEL)),
	chatAgent(STREAMING_THOUGHT, chatModel('sandbox/needs-reasoning')),
	streamedMessage(STREAMED_CHAT, streamingChatTrigger),
	streamedMessage(STREAMED_WEBHOOK, streamingWebhook),
	withParameters(agentExample, 'Chat', { public: true, mode: 'webhook' }),
];

const n8n = useN8n(
	async () => await preparedN8n(workflows, { chunkDelayMs: 150 }),
	[STREAMING, STREAMING_THOUGHT, STREAMED_CHAT, STREAMED_WEBHOOK, agentExample.id],
);
const seen: unknown[] = [];

interface Body {
	messages: Array<Record<string, unknown> & { role: string }>;
}

const callsTo = (model: string) =>
	n8n.sandbox.requestLog.calls.filter((call) => call.path === CHAT && call.model === model);
const messagesTo = (model: string) => callsTo(model).map(({ body }) => (body as Body).messages);

async function run(kind: string, version: number): Promise<Execution> {
	const execution = await n8n.rest.runWorkflow(idOf(kind, version), 'Run');
	seen.push(execution);
	return execution;
}

const outputOf = ({ data }: Execution) => itemsOf(data, 'Agent')[0]?.json.output;

interface LogEntry {
	executionStatus: string;
	error?: { message: string; description?: string };
	data: { ai_languageModel: Array<Array<{ json: Record<string, unknown> }>> };
}

/** What n8n's run log has of the Chat Model. */
const logOf = ({ data }: Execution) =>
	data.resultData.runData['Chat Model'] as unknown as LogEntry[];

describe.each(VERSIONS)('AI Agent %d', (version) => {
	test('an agent calls two tools at once, one of them our own node, and answers from their results', async () => {
		const execution = await run('plain', version);
		expectSuccess(execution);
		expect(outputOf(execution)).toContain(CALCULATED);
		const [first, second] = messagesTo(MODEL);
		expect(first.map(({ role }) => role)).toEqual(['system', 'user']);
		expect(second.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'tool']);
		const called = second[2].tool_calls as Array<{ function: { name: string } }>;
		expect(called.map(({ function: { name } }) => name).sort()).toEqual([
			'Calculator',
			'Translate',
		]);
		expect(callsTo('openai/gpt-4o')).toHaveLength(1);
		expect(itemsOf(execution.data, 'Agent')[0].json.intermediateSteps).toHaveLength(2);
	});

	test("an agent uses a model that takes tools in Anthropic's form", async () => {
		const execution = await run('claude', version);
		expectSuccess(execution);
		expect(outputOf(execution)).toContain(CALCULATED);
		const [, second] = messagesTo('anthropic/claude-opus-4-5');
		expect(second.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
	});

	test('an agent sends a reasoning model its reasoning back on the second turn', async () => {
		const execution = await run('thinking', version);
		expectSuccess(execution);
		expect(outputOf(execution)).toContain(CALCULATED);
		const [, second] = messagesTo('sandbox/needs-reasoning');
		expect(second.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'tool']);
		expect(second[2].reasoning_content).toContain('The user wants an answer');
	});

	test('an agent uses a fallback model when the chosen one is overloaded', async () => {
		const when = { path: CHAT, model: 'google/gemini-2.5-flash' };
		n8n.sandbox.faults.set([{ when, do: { status: 503 } }]);
		const execution = await run('fallback', version);
		expect(outputOf(execution)).toContain(CALCULATED);
		expect(callsTo(MODEL)).toHaveLength(2);
		const [entry] = logOf(execution);
		expect(entry.data.ai_languageModel[0][0].json).toMatchObject({
			response: {
				generations: [
					[
						{
							generationInfo: {
								model: MODEL,
								fallback: { insteadOf: 'google/gemini-2.5-flash', reason: 'Service unavailable' },
							},
						},
					],
				],
			},
		});
	});

	test('the run log of an agent has the tokens and cost of each call', async () => {
		const log = logOf(await run('plain', version));
		const usages = log.map(({ data }) => data.ai_languageModel[0][0].json.tokenUsage);
		const costs = callsTo(MODEL).map(({ usd }) => usd);
		expect(costs).toHaveLength(2);
		expect(usages).toEqual(
			costs.map((cost) => ({
				promptTokens: expect.any(Number),
				completionTokens: expect.any(Number),
				totalTokens: expect.any(Number),
				cost,
			})),
		);
	});

	test('an agent waits when there are too many requests', async () => {
		n8n.sandbox.faults.set([
			{ when: { path: CHAT, model: MODEL, nth: 1 }, do: { status: 429, retryAfter: 1 } },
		]);
		expect(outputOf(await run('plain', version))).toContain(CALCULATED);
		expect(callsTo(MODEL)).toHaveLength(3);
	});

	test.each([
		[
			'an error of the server that stays',
			{ status: 500 },
			/Internal server error/,
			/overloaded or under maintenance.*HTTP status: 500/,
		],
		[
			'a conversation that is too long',
			{
				status: 400,
				message: "This model's maximum context length is 128000 tokens, you sent 150000.",
			},
			/maximum context length is 128000/,
			/longer than openai\/gpt-4o-mini supports/,
		],
	])('an agent says what %s is', async (_, fault, message, description) => {
		n8n.sandbox.faults.set([{ when: { path: CHAT, model: MODEL }, do: fault }]);
		const execution = await run('plain', version);
		expect(execution.status).toBe('error');
		const { error } = execution.data.resultData;
		expect(error?.message).toMatch(message);
		expect((error as { description?: string }).description).toMatch(description);
		expect(logOf(execution)[0].error?.message).toMatch(message);
	});

	test('an agent says which tool got arguments that cannot be read', async () => {
		const execution = await run('broken', version);
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toMatch(
			/called the tool '(Calculator|Translate)' with arguments that aren't a JSON object/,
		);
	});
});

const chat = (id: string, message: string, session?: string) =>
	readChat(n8n.server.url, id, message, session);

/** All that the agent says. */
async function answerTo(id: string, message: string, session?: string): Promise<string> {
	const texts: string[] = [];
	for await (const { type, content } of chat(id, message, session)) {
		if (type === 'item') texts.push(content ?? '');
	}
	return texts.join('');
}

describe("n8n's chat", () => {
	const readers: Array<[string, () => AsyncIterable<ChatChunk>]> = [
		["n8n's chat with an agent", () => chat(STREAMING, 'Hello')],
		["n8n's chat with 'Message a Model'", () => chat(STREAMED_CHAT, 'Hello')],
		[
			"the caller of a webhook with 'Message a Model'",
			() => readStreamedResponse(`${n8n.server.url}/webhook/${STREAMED_WEBHOOK}`, {}),
		],
	];
	test.each(readers)(
		'%s gets the first words before the model has sent the last',
		async (_, read) => {
			const UNANSWERED = 0;
			const statuses: number[] = [];
			let text = '';
			for await (const { type, content } of read()) {
				if (type !== 'item' || !content) continue;
				statuses.push(callsTo(MODEL)[0].status);
				text += content;
			}
			expect(text).toBe('Hello! How can I help you today?');
			expect(statuses.length).toBeGreaterThan(1);
			expect(statuses[0]).toBe(UNANSWERED);
			expect(callsTo(MODEL)).toHaveLength(1);
		},
	);

	test.each([
		['an agent', STREAMING],
		["'Message a Model'", STREAMED_CHAT],
	])(
		"n8n's chat with %s gets no bytes of an image that is written into the text",
		async (_, id) => {
			const png = makePng(8, 8, 0.6).toString('base64');
			const texts = [
				'Look',
				`: ![A circle](data:image/png;base64,${png.slice(0, 40)}`,
				png.slice(40),
				')',
			];
			const choices = texts.map((content) => [{ index: 0, delta: { content } }]);
			const events = [...choices, [{ index: 0, delta: {}, finish_reason: 'stop' }]].map(
				(list) => `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: list })}\n\n`,
			);
			const answer = { contentType: 'text/event-stream', body: events.join('') };
			n8n.sandbox.faults.set([{ when: { path: CHAT }, do: answer }]);
			const text = await answerTo(id, 'Draw a circle');
			expect(text).toMatch(/^Look: /);
			expect(text).not.toContain(png.slice(0, 20));
		},
	);

	test("n8n's chat streams the answer after parallel tool calls of a model that thinks", async () => {
		const text = await answerTo(STREAMING_THOUGHT, BOTH_TOOLS);
		expect(text).toContain(CALCULATED);
		expect(text).not.toContain('The user wants');
		const [, second] = messagesTo('sandbox/needs-reasoning');
		expect(second.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'tool']);
	});

	test("n8n's chat goes on with the next message and remembers the tool calls of the first", async () => {
		await answerTo(STREAMING_THOUGHT, BOTH_TOOLS, 'two messages');
		expect(await answerTo(STREAMING_THOUGHT, 'Hello', 'two messages')).toContain('Hello!');
		const conversation = messagesTo('sandbox/needs-reasoning')[2];
		expect(conversation.at(-1)).toMatchObject({ role: 'user', content: 'Hello' });
		expect(conversation.filter(({ role }) => role === 'tool')).toHaveLength(2);
		expect(JSON.stringify(conversation)).not.toContain('reasoning_content');
	});

	test("n8n's chat answers with the tools of the example workflow", async () => {
		const answer = await answerTo('aimlapiAgentChat', BOTH_TOOLS);
		expect(answer).toContain(CALCULATED);
		expect(answer).toContain('"bread" in Spanish is "pan".');
		const [[system, user]] = messagesTo('openai/gpt-4o');
		expect(system.content).toMatch(/^Translate what the user writes into Spanish\./);
		expect(user.content).toBe('bread');
		expect(callsTo(MODEL)[0].body).toMatchObject({ temperature: 0.3 });
	});

	test("n8n's chat says what had arrived when the stream breaks", async () => {
		n8n.sandbox.faults.set([{ when: { path: CHAT }, do: { reset: 'body' } }]);
		const chunks: ChatChunk[] = [];
		for await (const chunk of chat(STREAMING, 'Hello')) chunks.push(chunk);
		const said = chunks.map(({ type, content }) => ({ type, content }));
		expect(said).toContainEqual({
			type: 'error',
			content: expect.stringContaining('The answer broke off after “Hello! How c”'),
		});
		const [id] = await n8n.rest.executionIds(STREAMING);
		const execution = await n8n.rest.execution(id);
		seen.push(execution);
		expect(execution.status).toBe('error');
		expect(logOf(execution)[0].error?.message).toContain('broke before the answer was complete');
	});
});

test('the key is in no run data and no log of all this', () => {
	expect(seen.length).toBeGreaterThan(10);
	expect(JSON.stringify(seen)).not.toContain(n8n.sandbox.apiKey);
	expect(n8n.server.log()).not.toContain(n8n.sandbox.apiKey);
});
