import { clearAnswers } from '../../../nodes/LmChatAimlApi/model/toolCallCache';
import {
	runChatModel,
	tool,
	WAYS,
	type AiMessage,
	type Conversation,
	type MessageLike,
} from '../../engine/chatModelRun';
import { chatCalls } from '../../engine/chatRun';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox();

beforeEach(clearAnswers);

interface Body {
	messages: Array<Record<string, unknown> & { role: string }>;
	tools: Array<Record<string, unknown>>;
	[property: string]: unknown;
}

const bodies = () => chatCalls(sandbox).map(({ body }) => body as Body);
const QUESTION: MessageLike = { role: 'user', content: 'weather and weekday' };
const tools = [tool('weather'), tool('weekday')];

const resultsOf = ({ tool_calls: calls }: AiMessage): MessageLike[] =>
	calls.map(({ id, name }) => ({ role: 'tool', tool_call_id: id, content: `${name}: 21 degrees` }));

/** As AI Agent 2 passes a turn back: the answer as it was. */
const inOneMessage = (answer: AiMessage): Conversation => [answer, ...resultsOf(answer)];

/** As AI Agent 3 does: a message per call, the ID among its arguments, and nothing else. */
const inParts = (answer: AiMessage): Conversation =>
	answer.tool_calls.flatMap((call, index) => [
		{
			role: 'assistant',
			content: [] as unknown[],
			tool_calls: [{ ...call, args: { ...call.args, id: call.id }, type: 'tool_call' }],
		},
		resultsOf(answer)[index],
	]);

/** A turn with a model that supplies only this turn, as with AI Agent 3 and later. */
async function ask(
	model: string,
	messages: Conversation,
	way: keyof typeof WAYS = 'in one piece',
	bound: object[] = tools,
) {
	const { error, answers } = await runChatModel(
		sandbox,
		{ model },
		async (supplied) => await WAYS[way](supplied.bindTools(bound), messages),
	);
	return { error, answer: answers[0] as AiMessage };
}

/** Two turns of an agent. */
async function twoTurns(
	model: string,
	way: keyof typeof WAYS,
	passBack: (answer: AiMessage) => Conversation,
) {
	const first = await ask(model, [QUESTION], way);
	if (first.error) throw new Error(first.error.message);
	const second = await ask(model, [QUESTION, ...passBack(first.answer)], way);
	return { calls: first.answer.tool_calls, ...second };
}

describe.each(Object.keys(WAYS) as Array<keyof typeof WAYS>)('%s', (way) => {
	test.each([
		['in OpenAI’s form', 'openai/gpt-4o-mini'],
		['in Anthropic’s form', 'anthropic/claude-opus-4-5'],
		['of an older model', 'gemini-1.5-flash'],
		['next to a text', 'sandbox/text-with-calls'],
		['without an index', 'sandbox/calls-without-index'],
		['with the same index', 'sandbox/calls-of-one-index'],
	])('parallel calls %s get their results: %s', async (_, model) => {
		const { calls, error, answer } = await twoTurns(model, way, inOneMessage);
		expect(error).toBeUndefined();
		expect(calls.map(({ name, args }) => ({ name, args }))).toEqual([
			{ name: 'weather', args: { city: 'Paris' } },
			{ name: 'weekday', args: { city: 'Paris' } },
		]);
		expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
		expect(answer.text).toContain('21 degrees');
	});

	test('calls with blank arguments have none, and are sent back with an empty object', async () => {
		const { calls, error } = await twoTurns('sandbox/no-arguments', way, inOneMessage);
		expect(error).toBeUndefined();
		expect(calls.map(({ args }) => args)).toEqual([{}, {}]);
		const [, answer] = bodies()[1].messages;
		expect(answer.tool_calls).toMatchObject([{ function: { arguments: '{}' } }, {}]);
	});
});

describe('the second turn', () => {
	test.each([
		['in one message', inOneMessage],
		['in parts', inParts],
	])('the second turn repeats an answer that n8n passes back %s as it was', async (_, passBack) => {
		await twoTurns('sandbox/text-with-calls', 'in one piece', passBack);
		const [, { messages }] = bodies();
		expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool']);
		expect(messages[1]).toMatchObject({
			content: 'Let me look.',
			tool_calls: [
				{ type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } },
				{ type: 'function', function: { name: 'weekday', arguments: '{"city":"Paris"}' } },
			],
		});
	});

	test('the second turn has an empty text next to calls, not null, which many models reject', async () => {
		await twoTurns('openai/gpt-4o-mini', 'in one piece', inOneMessage);
		expect(bodies()[1].messages[1].content).toBe('');
	});

	test('the second turn has calls and results as content parts if the model requires it', async () => {
		await twoTurns('anthropic/claude-opus-4-5', 'in one piece', inParts);
		const [, { messages, tools: sent }] = bodies();
		expect(messages.slice(1)).toEqual([
			{
				role: 'assistant',
				content: [
					{ type: 'tool_use', id: expect.any(String), name: 'weather', input: { city: 'Paris' } },
					{ type: 'tool_use', id: expect.any(String), name: 'weekday', input: { city: 'Paris' } },
				],
			},
			{
				role: 'user',
				content: [
					{ type: 'tool_result', tool_use_id: expect.any(String), content: 'weather: 21 degrees' },
					{ type: 'tool_result', tool_use_id: expect.any(String), content: 'weekday: 21 degrees' },
				],
			},
		]);
		expect(sent[0]).toEqual({
			name: 'weather',
			description: 'Knows the weather',
			input_schema: {
				type: 'object',
				properties: { city: { type: 'string', enum: ['Paris'] } },
				required: ['city'],
			},
		});
	});

	test('the second turn of a conversation is not mixed up with another whose calls have the same IDs', async () => {
		const model = 'sandbox/numbered-calls';
		const { answer: one } = await ask(model, [QUESTION]);
		const { answer: other } = await ask(model, [QUESTION]);
		expect(one.tool_calls[0].id).toBe('functions.weather:0');
		expect(other.tool_calls[0].id).not.toBe(one.tool_calls[0].id);

		await ask(model, [QUESTION, ...inParts(other)]);
		const { messages } = bodies()[2];
		expect(messages[1].tool_calls).toMatchObject([{ id: 'functions.weather:0' }, {}]);
		expect(messages[2].tool_call_id).toBe('functions.weather:0');
	});

	test('the second turn omits calls without a result', async () => {
		await twoTurns('openai/gpt-4o-mini', 'in one piece', (answer) => inParts(answer).slice(0, 2));
		const { messages } = bodies()[1];
		expect(messages).toHaveLength(3);
		expect(messages[1].tool_calls).toMatchObject([{ function: { name: 'weather' } }]);
	});
});

describe('tools', () => {
	test('tools are sent with a description and parameters, which some models require', async () => {
		const bare = { type: 'function', function: { name: 'weather' } };
		await ask('gemini-1.5-flash', [QUESTION], 'in one piece', [bare]);
		const [{ tools: sent }] = bodies();
		const empty = { type: 'object', properties: {} };
		expect(sent).toEqual([
			{
				type: 'function',
				function: { name: 'weather', description: 'weather', parameters: empty },
			},
		]);
	});

	test.each([{ type: ['object', 'null'] }, { type: 'string' }, { properties: {} }])(
		'parameters are sent as an object for a tool whose schema is %j',
		async (parameters) => {
			const bare = { type: 'function', function: { name: 'weather', parameters } };
			await ask('openai/gpt-4o-mini', [QUESTION], 'in one piece', [bare]);
			expect(bodies()[0].tools).toMatchObject([
				{ function: { parameters: { type: 'object', properties: {} } } },
			]);
		},
	);

	test('tools are an error for a model without them, before anything is sent', async () => {
		const { error } = await ask('perplexity/sonar', [QUESTION]);
		expect(error).toMatchObject({
			message: "perplexity/sonar doesn't support tools",
			description: expect.stringContaining('remove the tools'),
		});
		expect(chatCalls(sandbox)).toHaveLength(0);
	});
});
