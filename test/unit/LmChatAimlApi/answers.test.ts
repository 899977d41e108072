import { clearAnswers, setAnswer } from '../../../nodes/LmChatAimlApi/model/toolCallCache';
import {
	readStream,
	runChatModel,
	tool,
	WAYS,
	type AiMessage,
	type Conversation,
} from '../../engine/chatModelRun';
import { inTurn, reply, type Reply } from '../../engine/scriptedServer';
import { useScriptedServer } from '../../support/useScriptedServer';

const api = useScriptedServer();

beforeEach(clearAnswers);

const QUESTION = { role: 'user', content: 'weather?' };

interface Request {
	way?: keyof typeof WAYS;
	messages?: Conversation;
	/** Names of the tools. */
	names?: string[];
	/** Values of 'Options'. */
	options?: object;
}

/** Asks a model with tools, which gives these answers one after the other. */
async function ask(
	answers: Reply[],
	{
		way = 'in one piece',
		messages = [QUESTION],
		names = ['weather', 'calendar'],
		options,
	}: Request = {},
) {
	api.answer(inTurn(...answers.map(reply)));
	const run = await runChatModel(
		api,
		{ fields: { options: { maxRetries: 1, ...options } } },
		async (model) => await WAYS[way](model.bindTools(names.map((name) => tool(name))), messages),
	);
	return { error: run.error, answer: run.answers[0] as AiMessage, sent: [...api.requests] };
}

/** An answer as one JSON body. */
const completion = (message: object, choice: object = {}, more: object = {}): Reply => ({
	body: { id: 'c', choices: [{ index: 0, finish_reason: 'stop', message, ...choice }], ...more },
});
/** The same answer as a stream of events. */
const events = (message: object, choice: object = {}, more: object = {}): Reply =>
	streamed([
		delta(message),
		delta({}, { finish_reason: 'stop', ...choice }),
		{ choices: [], ...more },
	]);
const streamed = (chunks: object[], contentType = 'text/event-stream', gap = '\n\n'): Reply => ({
	body: chunks.map((one) => `data: ${JSON.stringify(one)}${gap}`).join('') + 'data: [DONE]\n\n',
	headers: { 'content-type': contentType },
});
const delta = (content: object, choice: object = {}) => ({
	choices: [{ index: 0, delta: content, ...choice }],
});
const FINE = completion({ content: 'fine' });

const call = (id: unknown, name: string, args: unknown, more: object = {}) => ({
	id,
	index: 0,
	type: 'function',
	function: { name, arguments: args },
	...more,
});
const CALLS = { finish_reason: 'tool_calls' };
const calling = (...calls: object[]) => completion({ content: null, tool_calls: calls }, CALLS);
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: '21' });
const messagesIn = ({ body }: { body?: object }) =>
	(body as { messages: Array<Record<string, unknown>> }).messages;

const chunks = [
	delta({ content: 'Hello' }),
	delta({ content: ' wörld' }),
	delta({}, { finish_reason: 'stop' }),
];

test.each<[string, Reply]>([
	['the content type text/plain', streamed(chunks, 'text/plain')],
	['the content type application/octet-stream', streamed(chunks, 'application/octet-stream')],
	['the content type application/json', streamed(chunks, 'application/json')],
	['a content type in capitals', streamed(chunks, 'Text/Event-Stream;charset=UTF-8')],
	['no content type', { ...streamed(chunks), headers: {} }],
	['single line breaks', streamed(chunks, 'text/event-stream', '\n')],
	['CR line breaks', streamed(chunks, 'text/event-stream', '\r\r')],
])('a stream with %s reaches the chat chunk by chunk', async (_, answer) => {
	api.answer(reply(answer));
	const run = await runChatModel(
		api,
		{},
		async (model) => await readStream(await model.stream([QUESTION])),
	);
	expect(run.error).toBeUndefined();
	expect(run.answers[0]).toMatchObject({ texts: ['Hello', ' wörld'] });
	expect(api.requests).toHaveLength(1);
});

const FORMS: Array<[string, keyof typeof WAYS, typeof completion]> = [
	['in one piece', 'in one piece', completion],
	['as a stream', 'streamed', events],
	['in one piece although it requested a stream', 'streamed', completion],
];

describe.each(FORMS)('an agent that gets its answer %s', (_, way, toReply) => {
	test.each([
		['MALFORMED_FUNCTION_CALL', 'returned nothing'],
		['MAX_TOKENS', 'The model openai/gpt-4o-mini reached its token limit before it said anything'],
		['length', 'reached its token limit before it said anything'],
		['SAFETY', 'its content filter stopped it'],
		['content_filter', 'its content filter stopped it'],
		['stop', 'returned nothing'],
		['error', 'The provider reported an error'],
	])(
		'an empty answer with the finish reason %s is an error that says: %s',
		async (finish_reason, message) => {
			const { error } = await ask([toReply({ content: null }, { finish_reason })], { way });
			expect(error?.message).toContain(message);
		},
	);

	test('the fallback model is asked when the first one answers with nothing', async () => {
		const answers = [toReply({ content: '' }), toReply({ content: 'fine' })];
		const options = { fallbackModels: ['b'] };
		const { answer, sent } = await ask(answers, { way, names: [], options });
		expect(answer.text).toBe('fine');
		expect(sent.map(({ body }) => body!.model)).toEqual(['openai/gpt-4o-mini', 'b']);
	});

	test("a provider's error inside a choice is the error of the call", async () => {
		const failed = { finish_reason: 'error', error: { code: 400, message: 'Exploded' } };
		const { error, sent } = await ask([toReply({ content: '' }, failed)], { way });
		expect(error?.message).toBe('Exploded');
		expect(sent).toHaveLength(1);
	});

	test.each([
		['different tools', 'calendar', undefined],
		['the same tool', 'weather', ''],
	])('two calls of %s without IDs stay separate', async (_tools, second, id) => {
		const calls = [call('', 'weather', '{"city":"1"}'), call(id, second, '{"city":"2"}')];
		const { answer, error } = await ask([toReply({ tool_calls: calls }, CALLS)], { way });
		expect(error).toBeUndefined();
		expect(answer.tool_calls).toMatchObject([
			{ name: 'weather', args: { city: '1' } },
			{ name: second, args: { city: '2' } },
		]);
		expect(new Set(answer.tool_calls.map(({ id }) => id)).size).toBe(2);
	});

	const paid = (args: string, usd: number) =>
		toReply({ tool_calls: [call('a', 'weather', args)] }, CALLS, {
			meta: { usage: { usd_spent: usd, credits_used: usd * 2e6 } },
		});
	const broken = paid('{"city":"Pa', 0.25);
	const valid = paid('{"city":"Paris"}', 0.5);

	test('a call with invalid arguments is requested once more, and both answers count toward the cost', async () => {
		const { answer, sent } = await ask([broken, valid], { way });
		expect(answer.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Paris' } }]);
		expect(answer.response_metadata.cost).toEqual({ usd: 0.75, credits: 1_500_000 });
		expect(sent).toHaveLength(2);
	});

	test('a second call with invalid arguments is an error that quotes them and states the cost of both', async () => {
		const { error, sent } = await ask([broken], { way });
		expect(error).toMatchObject({
			message:
				"The model openai/gpt-4o-mini called the tool 'weather' with arguments that aren't a JSON object",
			description: expect.stringMatching(/It wrote: \{"city":"Pa.*Cost: \$0\.5/s),
		});
		expect(sent).toHaveLength(2);
	});

	test("a call with invalid arguments is not requested again if 'Max Retries' is 0", async () => {
		const { error, sent } = await ask([broken, valid], { way, options: { maxRetries: 0 } });
		expect(error?.message).toContain("arguments that aren't a JSON object");
		expect(sent).toHaveLength(1);
	});
});

test('two calls with the same ID stay separate, and are sent back with IDs of their own', async () => {
	const { answer } = await ask([calling(call('c', 'weather', '{}'), call('c', 'calendar', '{}'))]);
	const ids = answer.tool_calls.map(({ id }) => id);
	expect(new Set(ids).size).toBe(2);
	const { sent } = await ask([FINE], { messages: [QUESTION, answer, ...ids.map(result)] });
	const [, assistant, ...results] = messagesIn(sent[0]);
	expect(assistant.tool_calls).toMatchObject(ids.map((id) => ({ id })));
	expect(results.map(({ tool_call_id: id }) => id)).toEqual(ids);
});

test.each<[string, unknown, object]>([
	['that are an object', { city: 'Paris' }, { city: 'Paris' }],
	['encoded twice', '"{\\"city\\": \\"Paris\\"}"', { city: 'Paris' }],
	['behind the empty object of a stream of Anthropic', '{}{"city":"Paris"}', { city: 'Paris' }],
	['as a list without entries', '[]', {}],
	['as a text without characters', '""', {}],
	['in a code fence', '```json\n{"city":"Paris"}\n```', { city: 'Paris' }],
	['with a trailing comma', '{"city":"Paris",}', { city: 'Paris' }],
	['in single quotes', "{'city': 'Paris'}", { city: 'Paris' }],
	['that are null', 'null', {}],
])('arguments %s reach the tool', async (_, written, args) => {
	const { answer } = await ask([calling(call('a', 'weather', written))]);
	expect(answer.tool_calls).toEqual([expect.objectContaining({ name: 'weather', args })]);
});

test('a call without the name of a tool is an error', async () => {
	const { error } = await ask([calling(call('a', '', '{}'))]);
	expect(error?.message).toContain('called a tool without naming it');
});

test('tool names that models reject are mapped in every message, and mapped back in the answer', async () => {
	const names = ['MCP_Get File', 'files.read'];
	const first = await ask([calling(call('a', 'MCP_Get_File', '{}'))], { names });
	const tools = first.sent[0].body!.tools as Array<{ function: { name: string } }>;
	expect(tools.map((one) => one.function.name)).toEqual(['MCP_Get_File', 'files_read']);
	expect(first.answer.tool_calls).toMatchObject([{ name: 'MCP_Get File' }]);
	const second = await ask([FINE], { messages: [QUESTION, first.answer, result('a')], names });
	expect(messagesIn(second.sent[0])).toMatchObject([
		{},
		{ tool_calls: [{ function: { name: 'MCP_Get_File' } }] },
		{},
	]);
});

test('reasoning in tags is removed from the text, and is sent back at its start', async () => {
	const content = '<think>\nHm.\n</think>\n\nLet me look.';
	const tool_calls = [call('a', 'weather', '{}')];
	const { answer } = await ask([completion({ content, tool_calls }, CALLS)]);
	expect(answer.text).toBe('Let me look.');
	const { sent } = await ask([FINE], { messages: [QUESTION, answer, result('a')] });
	expect(messagesIn(sent[0])[1].content).toBe(content);
});

test('half a character in a prompt or a tool result is sent as U+FFFD', async () => {
	const { answer } = await ask([calling(call('a', 'weather', '{}'))]);
	const prompt = { role: 'user', content: 'cut \ud83d' };
	const messages = [prompt, answer, { ...result('a'), content: 'here \ud83d' }];
	const { sent } = await ask([FINE], { messages });
	expect(messagesIn(sent[0])).toMatchObject([
		{ content: 'cut \ufffd' },
		{},
		{ content: 'here \ufffd' },
	]);
});

test("a tool's schema is sent with all definitions that it refers to", async () => {
	const parameters = {
		type: 'object',
		properties: {
			query: { $ref: '#/$defs/Query' },
			limit: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
		},
		$defs: { Query: { type: 'object', properties: { text: { type: 'string' } } } },
	};
	api.answer(reply(FINE));
	await runChatModel(api, {}, async (model) => {
		const bound = model.bindTools([{ type: 'function', function: { name: 'find', parameters } }]);
		return await bound.invoke([QUESTION]);
	});
	expect(api.requests[0].body!.tools).toMatchObject([{ function: { parameters } }]);
});

const SIGNED = { extra_content: { google: { thought_signature: 'SIG' } } };
const DETAILS = { reasoning_details: [{ type: 'reasoning.encrypted', data: 'XYZ', index: 0 }] };
const THINKING = { content: [{ type: 'thinking', thinking: 'Hm.', signature: 'S' }] };

test('a signed call is sent back unchanged after 2,100 calls of other agents', async () => {
	const { answer } = await ask([calling(call('a', 'weather', '{}', SIGNED))]);
	for (const number of Array(2_100).keys()) {
		const calls = [{ id: `other-${number}`, name: 'weather', arguments: '{}' }];
		setAnswer({ model: 'other', text: '', calls });
	}
	const [{ id, name, args }] = answer.tool_calls;
	const bare = { role: 'assistant', content: '', tool_calls: [{ id, name, args }] };
	const { sent } = await ask([FINE], { messages: [QUESTION, bare, result(id)] });
	expect(messagesIn(sent[0])[1]).toMatchObject({ tool_calls: [SIGNED] });
});

test.each<[string, string, object, string]>([
	['whose parameter `id` n8n overwrites', '{"id":42,"a":1}', { a: 1 }, 'weather'],
	['whose only parameter n8n overwrites', '{"id":"42"}', {}, 'weather'],
	['whose parameter `tool` n8n overwrites', '{"tool":"axe"}', { tool: 'weather' }, 'weather'],
	['of an MCP server', '{"a":1}', { a: 1, tool: 'weather' }, 'weather'],
	['that n8n names after its node', '{"a":1}', { a: 1 }, 'Weather_Node'],
])('a signed call of a tool %s is sent back unchanged', async (_, written, kept, named) => {
	const { answer } = await ask([calling(call('a', 'weather', written, SIGNED))]);
	const [{ id, name }] = answer.tool_calls;
	const tool_calls = [{ id, name: named, args: { ...kept, id } }];
	const messages = [QUESTION, { role: 'assistant', content: '', tool_calls }, result(id)];
	const { sent } = await ask([FINE], { messages });
	expect(messagesIn(sent[0])[1]).toMatchObject({
		tool_calls: [{ ...SIGNED, function: { name, arguments: written } }],
	});
});

test('a signed thought that is streamed in fragments is sent back as a whole', async () => {
	const thinking = (part: object) => delta({ content: [{ type: 'thinking', index: 0, ...part }] });
	const { answer } = await ask(
		[
			streamed([
				...[thinking({ thinking: 'Let me ' }), thinking({ thinking: 'think.' })],
				...[thinking({ signature: 'S' }), delta({ tool_calls: [call('a', 'weather', '{}')] })],
				delta({}, CALLS),
			]),
		],
		{ way: 'streamed' },
	);
	const { sent } = await ask([FINE], { messages: [QUESTION, answer, result('a')] });
	expect(messagesIn(sent[0])[1].content).toMatchObject([
		{ type: 'thinking', thinking: 'Let me think.', signature: 'S' },
	]);
});

test('a call that n8n keeps in the memory is sent without what n8n adds to its input', async () => {
	const args = { city: 'Paris', tool: 'weather', id: 'a' };
	const kept = { role: 'assistant', content: '', tool_calls: [{ id: 'a', name: 'weather', args }] };
	const { sent } = await ask([FINE], { messages: [QUESTION, kept, result('a'), QUESTION] });
	expect(messagesIn(sent[0])[1]).toMatchObject({
		tool_calls: [{ function: { arguments: '{"city":"Paris"}' } }],
	});
});

test.each<[string, object, object, object]>([
	['extra_content of a call', {}, SIGNED, { tool_calls: [SIGNED] }],
	['reasoning_details', DETAILS, {}, DETAILS],
	['thinking parts', THINKING, {}, THINKING],
])(
	'signed data in %s is sent back to its model unchanged, even by another process',
	async (_, message, more, expected) => {
		const calls = [call('a', 'weather', '{"city":"Paris"}', more)];
		const { answer } = await ask([
			completion({ content: null, tool_calls: calls, ...message }, CALLS),
		]);
		for (const isOtherProcess of [false, true]) {
			if (isOtherProcess) clearAnswers();
			const { id, name, args } = answer.tool_calls[0];
			// As n8n's agents rebuild it from what they keep.
			const rebuilt = {
				role: 'assistant',
				content: [],
				tool_calls: [{ id, name, args: { ...args, id }, type: 'tool_call' }],
				additional_kwargs: answer.additional_kwargs,
			};
			const { sent } = await ask([FINE], { messages: [QUESTION, rebuilt, result(id)] });
			expect(messagesIn(sent[0])[1]).toMatchObject(expected);
		}
	},
);
