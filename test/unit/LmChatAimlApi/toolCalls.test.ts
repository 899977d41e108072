import { clearAnswers } from '../../../nodes/LmChatAimlApi/model/toolCallCache';
import { useSandbox } from '../../support/useSandbox';
import { chatCalls } from '../../engine/chatRun';
import {
	runChatModel,
	tool,
	WAYS,
	type AiMessage,
	type Conversation,
	type MessageLike,
} from '../../engine/chatModelRun';

const sandbox = useSandbox();

beforeEach(() => {
	clearAnswers();
});

interface Body {
	messages: Array<Record<string, unknown> & { role: string }>;
	tools: Array<Record<string, unknown>>;
	[property: string]: unknown;
}

const bodies = () => chatCalls(sandbox).map(({ body }) => body as Body);
const WEATHER_AND_CALENDAR: MessageLike = { role: 'user', content: 'weather and weekday' };
const tools = [tool('weather'), tool('weekday')];

const ways = Object.keys(WAYS) as Array<keyof typeof WAYS>;

const resultsOf = ({ tool_calls: calls }: AiMessage): MessageLike[] =>
	calls.map(({ id, name }) => ({ role: 'tool', tool_call_id: id, content: `${name}: 21 degrees` }));

/** As AI Agent 2 hands a turn back: the answer as it was. */
const whole = (answer: AiMessage): Conversation => [answer, ...resultsOf(answer)];

/** As AI Agent 3 does: a message for each call, the id among its arguments, nothing else. */
const takenApart = (answer: AiMessage): Conversation =>
	answer.tool_calls.flatMap((call, index) => [
		{
			role: 'assistant',
			content: [] as unknown[],
			tool_calls: [{ ...call, args: { ...call.args, id: call.id }, type: 'tool_call' }],
		},
		resultsOf(answer)[index],
	]);

/** Two turns of an agent. Each turn gets a model of its own, as from AI Agent 3 on. */
async function twoTurns(
	model: string,
	way: keyof typeof WAYS,
	handBack: (answer: AiMessage) => Conversation,
) {
	const ask = async (messages: Conversation) => {
		const run = await runChatModel(sandbox, { model }, async (supplied) => {
			return await WAYS[way](supplied.bindTools(tools), messages);
		});
		return { error: run.error, answer: run.answers[0] as AiMessage };
	};
	const first = await ask([WEATHER_AND_CALENDAR]);
	if (first.error) throw new Error(first.error.message);
	const second = await ask([WEATHER_AND_CALENDAR, ...handBack(first.answer)]);
	return { calls: first.answer.tool_calls, first: first.answer, ...second };
}

const FORMS: Array<[string, string]> = [
	['openai/gpt-4o-mini', 'in OpenAI’s form'],
	['anthropic/claude-opus-4-5', 'in Anthropic’s form'],
	['gemini-1.5-flash', 'of a model of the first generation'],
	['sandbox/text-with-calls', 'beside a text'],
	['sandbox/calls-without-index', 'without an index'],
	['sandbox/calls-of-one-index', 'under one index'],
];

describe.each(ways)('%s', (way) => {
	test.each(FORMS)('%s gets parallel calls %s and their results', async (model) => {
		const { calls, error, answer } = await twoTurns(model, way, whole);
		expect(error).toBeUndefined();
		expect(calls.map(({ name, args }) => ({ name, args }))).toEqual([
			{ name: 'weather', args: { city: 'Paris' } },
			{ name: 'weekday', args: { city: 'Paris' } },
		]);
		expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
		expect(answer.text).toContain('21 degrees');
	});

	test('calls without arguments have none', async () => {
		const { calls, error } = await twoTurns('sandbox/no-arguments', way, whole);
		expect(error).toBeUndefined();
		expect(calls.map(({ args }) => args)).toEqual([{}, {}]);
		const [, answer] = bodies()[1].messages;
		expect(answer.tool_calls).toMatchObject([{ function: { arguments: '{}' } }, {}]);
	});

	test('arguments that are no JSON end in an error that quotes them', async () => {
		const { error } = await runChatModel(
			sandbox,
			{ model: 'sandbox/broken-arguments' },
			async (supplied) => await WAYS[way](supplied.bindTools(tools), [WEATHER_AND_CALENDAR]),
		);
		expect(error).toMatchObject({
			message:
				"The model sandbox/broken-arguments called the tool 'weather' with arguments that are no JSON object",
			description: expect.stringContaining('It wrote: {"city":"Paris"'),
		});
	});
});

describe('the second turn', () => {
	test('the second turn has the answer as it was, whether n8n handed it back whole or taken apart', async () => {
		await twoTurns('sandbox/text-with-calls', 'in one piece', whole);
		const [, asWhole] = bodies();
		sandbox.requestLog.clear();
		await twoTurns('sandbox/text-with-calls', 'in one piece', takenApart);
		const [, asParts] = bodies();

		for (const { messages } of [asWhole, asParts]) {
			expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool']);
			expect(messages[1]).toMatchObject({
				content: 'Let me look.',
				tool_calls: [
					{ type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } },
					{ type: 'function', function: { name: 'weekday', arguments: '{"city":"Paris"}' } },
				],
			});
		}
	});

	test('the second turn has an empty text beside calls rather than null, which many models refuse', async () => {
		await twoTurns('openai/gpt-4o-mini', 'in one piece', whole);
		expect(bodies()[1].messages[1].content).toBe('');
	});

	test('the second turn has calls and results as parts where the model takes them so', async () => {
		await twoTurns('anthropic/claude-opus-4-5', 'in one piece', takenApart);
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

	test('the second turn keeps conversations apart whose calls have the same ids', async () => {
		const model = 'sandbox/numbered-calls';
		const ask = async (messages: Conversation) =>
			(
				await runChatModel(
					sandbox,
					{ model },
					async (supplied) => await supplied.bindTools(tools).invoke(messages),
				)
			).answers[0] as AiMessage;
		const one = await ask([WEATHER_AND_CALENDAR]);
		const other = await ask([WEATHER_AND_CALENDAR]);
		expect(one.tool_calls[0].id).toBe('functions.weather:0');
		expect(other.tool_calls[0].id).not.toBe(one.tool_calls[0].id);

		await ask([WEATHER_AND_CALENDAR, ...takenApart(other)]);
		const { messages } = bodies()[2];
		expect(messages[1].tool_calls).toMatchObject([{ id: 'functions.weather:0' }, {}]);
		expect(messages[2].tool_call_id).toBe('functions.weather:0');
	});

	test('the second turn goes without calls whose results have not come', async () => {
		await twoTurns('openai/gpt-4o-mini', 'in one piece', (answer) =>
			takenApart(answer).slice(0, 2),
		);
		const { messages } = bodies()[1];
		expect(messages).toHaveLength(3);
		expect(messages[1].tool_calls).toMatchObject([{ function: { name: 'weather' } }]);
	});
});

describe('tools', () => {
	test('tools go with description and parameters, which models of every generation take', async () => {
		const bare = { type: 'function', function: { name: 'weather' } };
		await runChatModel(
			sandbox,
			{ model: 'gemini-1.5-flash' },
			async (supplied) => await supplied.bindTools([bare]).invoke([WEATHER_AND_CALENDAR]),
		);
		const [{ tools: sent }] = bodies();
		const empty = { type: 'object', properties: {} };
		expect(sent).toEqual([
			{
				type: 'function',
				function: { name: 'weather', description: 'weather', parameters: empty },
			},
		]);
	});

	test('tools are not sent to a model that documents none', async () => {
		const { error } = await runChatModel(
			sandbox,
			{ model: 'perplexity/sonar' },
			async (supplied) => await supplied.bindTools(tools).invoke([WEATHER_AND_CALENDAR]),
		);
		expect(error).toMatchObject({
			message: "perplexity/sonar doesn't support tools",
			description: expect.stringContaining('remove the tools'),
		});
		expect(chatCalls(sandbox)).toHaveLength(0);
	});
});
