import { clearAnswers, setAnswer } from '../../../nodes/LmChatAimlApi/model/toolCallCache';
import {
	readStream,
	runChatModel,
	tool,
	WAYS,
	type AiMessage,
	type Conversation,
} from '../../engine/chatModelRun';
import { inTurn, reply, startScriptedServer, type Reply } from '../../engine/scriptedServer';

beforeEach(clearAnswers);

const QUESTION = { role: 'user', content: 'weather?' };

async function ask(
	answers: Reply[],
	way: keyof typeof WAYS = 'in one piece',
	messages: Conversation = [QUESTION],
	names = ['weather', 'calendar'],
	options: object = {},
) {
	const api = await startScriptedServer(inTurn(...answers.map(reply)));
	const fields = { options: { maxRetries: 1, ...options } };
	const run = await runChatModel(
		api,
		{ fields },
		async (model) => await WAYS[way](model.bindTools(names.map((name) => tool(name))), messages),
	);
	await api.close();
	return { error: run.error, answer: run.answers[0] as AiMessage, sent: api.requests };
}

const completion = (message: object, more: object = {}): Reply => ({
	body: { id: 'c', choices: [{ index: 0, finish_reason: 'stop', message, ...more }] },
});
const calling = (...calls: object[]): Reply =>
	completion({ content: null, tool_calls: calls }, { finish_reason: 'tool_calls' });
const call = (id: unknown, name: string, args: unknown, more: object = {}) => ({
	id,
	type: 'function',
	function: { name, arguments: args },
	...more,
});
const streamed = (
	chunks: object[],
	contentType: string | undefined = 'text/event-stream',
	gap = '\n\n',
) => ({
	body: chunks.map((one) => `data: ${JSON.stringify(one)}${gap}`).join('') + 'data: [DONE]\n\n',
	headers: contentType ? { 'content-type': contentType } : undefined,
});
const delta = (content: object, more: object = {}) => ({
	choices: [{ index: 0, delta: content, ...more }],
});
const END = delta({}, { finish_reason: 'stop' });
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: '21' });

describe('a stream reaches the chat, whatever the gateway calls it:', () => {
	const chunks = [delta({ content: 'Hello' }), delta({ content: ' wörld' }), END];
	test.each<[string, Reply]>([
		['text/plain', streamed(chunks, 'text/plain')],
		['application/octet-stream', streamed(chunks, 'application/octet-stream')],
		['application/json', streamed(chunks, 'application/json')],
		['capitals', streamed(chunks, 'Text/Event-Stream;charset=UTF-8')],
		['no type', { ...streamed(chunks), headers: {} }],
		['single line breaks', streamed(chunks, 'text/event-stream', '\n')],
		['CR alone', streamed(chunks, 'text/event-stream', '\r\r')],
	])('a stream reaches the chat, whatever the gateway calls it: %s', async (_, answer) => {
		const api = await startScriptedServer(reply(answer));
		const run = await runChatModel(
			api,
			{},
			async (model) => await readStream(await model.stream([QUESTION])),
		);
		await api.close();
		expect(run.error).toBeUndefined();
		expect(run.answers[0]).toMatchObject({ texts: ['Hello', ' wörld'] });
		expect(api.requests).toHaveLength(1);
	});
});

describe.each(Object.keys(WAYS) as Array<keyof typeof WAYS>)(
	'an agent that gets its answer %s',
	(way) => {
		test.each([
			['MALFORMED_FUNCTION_CALL', 'answered with nothing'],
			['MAX_TOKENS', 'reached its token limit'],
			['SAFETY', 'content filter'],
			['stop', 'answered with nothing'],
			['error', 'The provider reported an error'],
		])(
			'an agent does not take an empty answer that ended with %s for one',
			async (finish_reason, message) => {
				const plain = completion({ content: null }, { finish_reason });
				const answer =
					way === 'streamed' ? streamed([delta({ content: null }, { finish_reason })]) : plain;
				const { error } = await ask([answer], way);
				expect(error?.message).toContain(message);
			},
		);

		test('an agent asks the fallback model when the first one answers with nothing', async () => {
			const empty = way === 'streamed' ? streamed([END]) : completion({ content: '' });
			const good =
				way === 'streamed'
					? streamed([delta({ content: 'fine' }), END])
					: completion({ content: 'fine' });
			const { answer, sent } = await ask([empty, good], way, [QUESTION], [], {
				fallbackModels: ['b'],
			});
			expect(answer.text).toBe('fine');
			expect(sent.map(({ body }) => body!.model)).toEqual(['openai/gpt-4o-mini', 'b']);
		});

		test('an agent hears what a provider says inside a choice', async () => {
			const broken = {
				index: 0,
				finish_reason: 'error',
				error: { code: 400, message: 'Exploded' },
			};
			const answer =
				way === 'streamed'
					? streamed([{ choices: [{ ...broken, delta: {} }] }])
					: { body: { choices: [{ ...broken, message: { content: '' } }] } };
			const { error, sent } = await ask([answer], way);
			expect(error?.message).toBe('Exploded');
			expect(sent).toHaveLength(1);
		});

		test.each<[string, object[], Array<{ name: string; args: object }>]>([
			[
				'without ids',
				[call('', 'weather', '{"city":"1"}'), call(undefined, 'calendar', '{"city":"2"}')],
				[
					{ name: 'weather', args: { city: '1' } },
					{ name: 'calendar', args: { city: '2' } },
				],
			],
			[
				'of the same tool without ids',
				[call('', 'weather', '{"city":"1"}'), call('', 'weather', '{"city":"2"}')],
				[
					{ name: 'weather', args: { city: '1' } },
					{ name: 'weather', args: { city: '2' } },
				],
			],
		])('an agent keeps calls %s apart', async (_, calls, expected) => {
			const answer =
				way === 'streamed'
					? streamed([
							...calls.map((one) => delta({ tool_calls: [{ ...one, index: 0 }] })),
							delta({}, { finish_reason: 'tool_calls' }),
						])
					: calling(...calls);
			const { answer: message, error } = await ask([answer], way);
			expect(error).toBeUndefined();
			expect(message.tool_calls).toMatchObject(expected);
			expect(new Set(message.tool_calls.map(({ id }) => id)).size).toBe(2);
		});
	},
);

test('two calls with one id stay apart, and go back under ids of their own', async () => {
	const calls = calling(call('c', 'weather', '{}'), call('c', 'calendar', '{}'));
	const { answer } = await ask([calls]);
	const ids = answer.tool_calls.map(({ id }) => id);
	expect(new Set(ids).size).toBe(2);
	const { sent } = await ask([completion({ content: 'fine' })], 'in one piece', [
		QUESTION,
		answer,
		...ids.map(result),
	]);
	const [, assistant, ...results] = sent[0].body!.messages as Array<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
	expect(assistant.tool_calls.map((one: { id: string }) => one.id)).toEqual(ids);
	expect(results.map(({ tool_call_id: id }) => id)).toEqual(ids);
});

test.each([
	['an object', { city: 'Paris' }],
	['encoded twice', '"{\\"city\\": \\"Paris\\"}"'],
	['in a fence', '```json\n{"city":"Paris"}\n```'],
	['with a comma too much', '{"city":"Paris",}'],
	['in single quotes', "{'city': 'Paris'}"],
])('arguments that are %s reach the tool', async (_, args) => {
	const { answer } = await ask([calling(call('a', 'weather', args))]);
	expect(answer.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Paris' } }]);
});

describe.each(Object.keys(WAYS) as Array<keyof typeof WAYS>)('%s', (way) => {
	const paid = (usd: number) => ({ meta: { usage: { usd_spent: usd, credits_used: usd * 2e6 } } });
	const broken = calling(call('a', 'weather', '{"city":"Pa'));
	const good = calling(call('b', 'weather', '{"city":"Paris"}'));
	const withCost = ({ body }: Reply, usd: number) => ({
		body: { ...(body as object), ...paid(usd) },
	});

	test('a call whose arguments cannot be read is asked for once more, and both answers are in the cost', async () => {
		const { answer, sent } = await ask([withCost(broken, 0.25), withCost(good, 0.5)], way);
		expect(answer.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Paris' } }]);
		expect(answer.response_metadata.cost).toEqual({ usd: 0.75, credits: 1_500_000 });
		expect(sent).toHaveLength(2);
	});

	test('a call whose arguments stay unreadable ends in an error after two answers, and tells their cost', async () => {
		const { error, sent } = await ask([withCost(broken, 0.25)], way);
		expect(error?.message).toContain("called the tool 'weather' with arguments that are no JSON");
		expect(error?.description).toContain('Cost: $0.5');
		expect(sent).toHaveLength(2);
	});

	test("a call whose arguments cannot be read is not asked for again where 'Max Retries' is 0", async () => {
		const options = { maxRetries: 0 };
		const { error, sent } = await ask([broken, good], way, [QUESTION], ['weather'], options);
		expect(error?.message).toContain('arguments that are no JSON object');
		expect(sent).toHaveLength(1);
	});
});

test('a call in a stream of events whose arguments cannot be read is asked for once more, and both answers are in the cost', async () => {
	const events = (args: string, usd: number) =>
		streamed([
			delta({ tool_calls: [call('a', 'weather', args, { index: 0 })] }),
			delta({}, { finish_reason: 'tool_calls' }),
			{ choices: [], meta: { usage: { usd_spent: usd, credits_used: usd * 2e6 } } },
		]);
	const answers = [events('{"city":"Pa', 0.25), events('{"city":"Paris"}', 0.5)];
	const { answer, sent } = await ask(answers, 'streamed');
	expect(answer.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Paris' } }]);
	expect(answer.response_metadata.cost).toEqual({ usd: 0.75, credits: 1_500_000 });
	expect(sent).toHaveLength(2);
});

test('a call without a name is told, not handed on', async () => {
	const { error } = await ask([calling(call('a', '', '{}'))]);
	expect(error?.message).toContain('called a tool without naming it');
});

test('names that models refuse are mapped, and mapped back', async () => {
	const names = ['MCP_Get File', 'files.read'];
	const first = await ask(
		[calling(call('a', 'MCP_Get_File', '{}'))],
		'in one piece',
		[QUESTION],
		names,
	);
	const sent = first.sent[0].body!.tools as Array<{ function: { name: string } }>;
	expect(sent.map((one) => one.function.name)).toEqual(['MCP_Get_File', 'files_read']);
	expect(first.answer.tool_calls).toMatchObject([{ name: 'MCP_Get File' }]);
	const messages = [QUESTION, first.answer, result('a')];
	const second = await ask([completion({ content: 'fine' })], 'in one piece', messages, names);
	expect(second.sent[0].body!.messages).toMatchObject([
		{},
		{ tool_calls: [{ function: { name: 'MCP_Get_File' } }] },
		{},
	]);
});

test('half a character in a prompt or a tool result goes out as U+FFFD', async () => {
	const { answer } = await ask([calling(call('a', 'weather', '{}'))]);
	const { sent } = await ask([completion({ content: 'fine' })], 'in one piece', [
		{ role: 'user', content: 'cut \ud83d' },
		answer,
		{ ...result('a'), content: 'here \ud83d' },
	]);
	expect(sent[0].body!.messages).toMatchObject([
		{ content: 'cut \ufffd' },
		{},
		{ content: 'here \ufffd' },
	]);
});

test("a tool's schema goes out with all that it refers to", async () => {
	const parameters = {
		type: 'object',
		properties: {
			query: { $ref: '#/$defs/Query' },
			limit: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
		},
		$defs: { Query: { type: 'object', properties: { text: { type: 'string' } } } },
	};
	const api = await startScriptedServer(reply(completion({ content: 'fine' })));
	await runChatModel(api, {}, async (model) => {
		const bound = model.bindTools([{ type: 'function', function: { name: 'find', parameters } }]);
		return await bound.invoke([QUESTION]);
	});
	await api.close();
	expect(api.requests[0].body!.tools).toMatchObject([{ function: { parameters } }]);
});

test('what is signed goes back unchanged after 2,100 calls of other agents', async () => {
	const extra = { extra_content: { google: { thought_signature: 'SIG' } } };
	const { answer } = await ask([calling(call('a', 'weather', '{}', extra))]);
	for (const number of Array(2_100).keys()) {
		const calls = [{ id: `other-${number}`, name: 'weather', arguments: '{}' }];
		setAnswer({ model: 'other', text: '', calls });
	}
	const [{ id, name, args }] = answer.tool_calls;
	const bare = { role: 'assistant', content: '', tool_calls: [{ id, name, args }] };
	const { sent } = await ask([completion({ content: 'fine' })], 'in one piece', [
		QUESTION,
		bare,
		result(id),
	]);
	expect((sent[0].body!.messages as object[])[1]).toMatchObject({ tool_calls: [extra] });
});

describe('what is signed goes back to its model unchanged, also from another process:', () => {
	const SIGNED = { google: { thought_signature: 'SIG' } };
	const DETAILS = [{ type: 'reasoning.encrypted', data: 'XYZ', index: 0 }];
	const THINKING = [{ type: 'thinking', thinking: 'Hm.', signature: 'S' }];
	test.each<[string, object, object, object]>([
		[
			'extra_content of a call',
			{},
			{ extra_content: SIGNED },
			{ tool_calls: [{ extra_content: SIGNED }] },
		],
		['reasoning_details', { reasoning_details: DETAILS }, {}, { reasoning_details: DETAILS }],
		['thinking parts', { content: THINKING }, {}, { content: THINKING }],
	])(
		'what is signed goes back to its model unchanged, also from another process: %s',
		async (_, message, more, expected) => {
			const calls = [call('a', 'weather', '{"city":"Paris"}', more)];
			const { answer } = await ask([
				completion(
					{ content: null, tool_calls: calls, ...message },
					{ finish_reason: 'tool_calls' },
				),
			]);
			for (const isOther of [false, true]) {
				if (isOther) clearAnswers();
				const { id, name, args } = answer.tool_calls[0];
				// As n8n's agents rebuild it from what they keep.
				const rebuilt = {
					role: 'assistant',
					content: [],
					tool_calls: [{ id, name, args: { ...args, id }, type: 'tool_call' }],
					additional_kwargs: answer.additional_kwargs,
				};
				const { sent } = await ask([completion({ content: 'fine' })], 'in one piece', [
					QUESTION,
					rebuilt,
					result(id),
				]);
				expect((sent[0].body!.messages as object[])[1]).toMatchObject(expected);
			}
		},
	);
});
