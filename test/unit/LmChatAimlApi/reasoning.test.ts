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

const QUESTION: MessageLike = { role: 'user', content: 'weather' };
const THOUGHT = 'The user wants an answer to: weather';
const result = (id: string): MessageLike => ({ role: 'tool', tool_call_id: id, content: '21' });
const lastMessages = () =>
	(chatCalls(sandbox).at(-1)?.body as { messages: Array<Record<string, unknown>> }).messages;

/** An agent from version 3 on keeps of an answer only its calls, and what it knows as reasoning. */
const rebuilt = ({ tool_calls: [call] }: AiMessage, reasoning?: unknown): MessageLike => ({
	role: 'assistant',
	content: [],
	tool_calls: [{ ...call, args: { ...call.args, id: call.id }, type: 'tool_call' }],
	...(reasoning !== undefined && { additional_kwargs: { reasoning_content: reasoning } }),
});

interface Wrapped {
	toolParameters: { city: string };
	hitlParameters: object;
}

/** A tool behind one of n8n's human reviews, which wraps what the tool is to get. */
const approvedTool = tool('weather', {
	toolParameters: {
		type: 'object',
		properties: { city: { type: 'string', enum: ['Paris'] } },
		required: ['city'],
	},
	hitlParameters: { type: 'object', properties: {} },
});

describe.each(Object.entries(WAYS))('%s', (_, ask) => {
	const run = async (model: string, messages: Conversation, bound = tool('weather')) => {
		const { error, answers, log } = await runChatModel(
			sandbox,
			{ model },
			async (supplied) => await ask(supplied.bindTools([bound]), messages),
		);
		return { error, answer: answers[0] as AiMessage, log };
	};

	test.each(['reasoning-content', 'reasoning', 'think-tags', 'needs-reasoning'])(
		'sandbox/%s: reasoning stays out of the text and is told beside it',
		async (behaviour) => {
			const { answer } = await run(`sandbox/${behaviour}`, [{ role: 'user', content: 'Hello' }]);
			expect(answer.text).toBe('Hello! How can I help you today?');
			expect(answer.content).toBe('Hello! How can I help you today?');
			expect(answer.response_metadata.reasoning).toBe('The user wants an answer to: Hello');
		},
	);

	test('a model that wants its reasoning back goes on after a tool call', async () => {
		const { answer } = await run('sandbox/needs-reasoning', [QUESTION]);
		const [{ id }] = answer.tool_calls;
		const second = await run('sandbox/needs-reasoning', [QUESTION, rebuilt(answer), result(id)]);
		expect(second.error).toBeUndefined();
		expect(second.answer.text).toBe('21');
		expect(lastMessages()[1].reasoning_content).toBe(THOUGHT);
	});

	test('a model that wants its reasoning back goes on in another process, where n8n kept it', async () => {
		const { answer } = await run('sandbox/needs-reasoning', [QUESTION]);
		const [{ id }] = answer.tool_calls;
		const kept = answer.additional_kwargs.reasoning_content;
		clearAnswers();
		const messages = [QUESTION, rebuilt(answer, kept), result(id)];
		const second = await run('sandbox/needs-reasoning', messages);
		expect(second.error).toBeUndefined();
		expect(lastMessages()[1]).toMatchObject({
			reasoning_content: THOUGHT,
			tool_calls: [{ function: { arguments: '{"city":"Paris"}' } }],
		});
	});

	test.each([
		['approves', (args: Wrapped) => ({ tool: 'weather', ...args.toolParameters })],
		[
			'refuses',
			(args: Wrapped) => ({ ...args.hitlParameters, toolParameters: args.toolParameters }),
		],
	])(
		'a model goes on with its reasoning in another process when a person %s its call',
		async (_title, toInput) => {
			const { answer } = await run('sandbox/needs-reasoning', [QUESTION], approvedTool);
			const [{ id, name, args }] = answer.tool_calls;
			clearAnswers();
			// Of a call that was approved n8n keeps no more than this.
			const input = toInput(args as unknown as Wrapped);
			const kept = { id, name, args: { ...input, id }, type: 'tool_call' };
			const messages = [
				QUESTION,
				{ role: 'assistant', content: [], tool_calls: [kept] },
				result(id),
			];
			const second = await run('sandbox/needs-reasoning', messages, approvedTool);
			expect(second.error).toBeUndefined();
			const [, called, told] = lastMessages();
			expect(called.reasoning_content).toBe(THOUGHT);
			const [sent] = called.tool_calls as Array<{ id: string; function: { arguments: string } }>;
			expect(JSON.parse(sent.function.arguments)).toEqual(args);
			expect(sent.id.length).toBeLessThan(64);
			expect(told.tool_call_id).toBe(sent.id);
		},
	);

	test('reasoning in tags in front of a text goes back to its place', async () => {
		const { answer } = await run('sandbox/think-tags', [QUESTION]);
		expect(answer.tool_calls).toHaveLength(1);
		expect(answer.text).toBe('');
	});
});

const ask = async (model: string, messages: Conversation) => {
	const { error, answers } = await runChatModel(
		sandbox,
		{ model },
		async (supplied) => await supplied.bindTools([tool('weather')]).invoke(messages),
	);
	expect(error).toBeUndefined();
	return answers[0] as AiMessage;
};

test('reasoning is not sent to a model whose messages have no place for it', async () => {
	const answer = await ask('sandbox/reasoning-content', [QUESTION]);
	const [{ id }] = answer.tool_calls;
	await ask('sandbox/reasoning-content', [QUESTION, rebuilt(answer), result(id)]);
	expect(lastMessages()[1]).not.toHaveProperty('reasoning_content');
});

test('reasoning of a turn that is over is not sent again', async () => {
	const answer = await ask('sandbox/needs-reasoning', [QUESTION]);
	const [{ id }] = answer.tool_calls;
	const turn = [QUESTION, rebuilt(answer, THOUGHT), result(id)];
	const next = { role: 'user', content: 'Thanks' };
	await ask('sandbox/needs-reasoning', [...turn, { role: 'assistant', content: '21' }, next]);
	expect(lastMessages()[1]).not.toHaveProperty('reasoning_content');
	expect(lastMessages()[1]).toHaveProperty('tool_calls');
});
