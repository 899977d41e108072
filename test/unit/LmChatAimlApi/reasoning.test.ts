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

const QUESTION: MessageLike = { role: 'user', content: 'weather' };
const THOUGHT = 'The user wants an answer to: weather';
const result = (id: string): MessageLike => ({ role: 'tool', tool_call_id: id, content: '21' });
const lastMessages = () =>
	(chatCalls(sandbox).at(-1)?.body as { messages: Array<Record<string, unknown>> }).messages;

/** What AI Agent 3 and later keep of an answer: its calls, and reasoning in a form that they know. */
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

/** A tool behind n8n's human review, which wraps the tool's input. */
const approvedTool = tool('weather', {
	toolParameters: {
		type: 'object',
		properties: { city: { type: 'string', enum: ['Paris'] } },
		required: ['city'],
	},
	hitlParameters: { type: 'object', properties: {} },
});

async function ask(
	model: string,
	messages: Conversation,
	way: keyof typeof WAYS = 'in one piece',
	bound = tool('weather'),
) {
	const { error, answers } = await runChatModel(
		sandbox,
		{ model },
		async (supplied) => await WAYS[way](supplied.bindTools([bound]), messages),
	);
	return { error, answer: answers[0] as AiMessage };
}

describe.each(Object.keys(WAYS) as Array<keyof typeof WAYS>)('%s', (way) => {
	const run = async (model: string, messages: Conversation, bound?: typeof approvedTool) =>
		await ask(model, messages, way, bound);

	test.each(['reasoning-content', 'reasoning', 'think-tags', 'needs-reasoning'])(
		'the reasoning of sandbox/%s is in the metadata, not in the text',
		async (behaviour) => {
			const { answer } = await run(`sandbox/${behaviour}`, [{ role: 'user', content: 'Hello' }]);
			expect(answer.text).toBe('Hello! How can I help you today?');
			expect(answer.content).toBe('Hello! How can I help you today?');
			expect(answer.response_metadata.reasoning).toBe('The user wants an answer to: Hello');
		},
	);

	test('a model that requires its reasoning back gets it after a tool call', async () => {
		const { answer } = await run('sandbox/needs-reasoning', [QUESTION]);
		const [{ id }] = answer.tool_calls;
		const second = await run('sandbox/needs-reasoning', [QUESTION, rebuilt(answer), result(id)]);
		expect(second.error).toBeUndefined();
		expect(second.answer.text).toBe('21');
		expect(lastMessages()[1].reasoning_content).toBe(THOUGHT);
	});

	test('a model that requires its reasoning back gets what n8n kept of it in another process', async () => {
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
		['approved', (args: Wrapped) => ({ tool: 'weather', ...args.toolParameters })],
		[
			'rejected',
			(args: Wrapped) => ({ ...args.hitlParameters, toolParameters: args.toolParameters }),
		],
	])(
		'a model gets its reasoning back in another process after a person %s its call',
		async (_title, toInput) => {
			const { answer } = await run('sandbox/needs-reasoning', [QUESTION], approvedTool);
			const [{ id, name, args }] = answer.tool_calls;
			clearAnswers();
			// This is all that n8n keeps of a reviewed call.
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
});

test('reasoning is not sent to a model whose messages have no property for it', async () => {
	const { answer } = await ask('sandbox/reasoning-content', [QUESTION]);
	const [{ id }] = answer.tool_calls;
	const messages = [QUESTION, rebuilt(answer), result(id)];
	const second = await ask('sandbox/reasoning-content', messages);
	expect(second.error).toBeUndefined();
	expect(lastMessages()[1]).not.toHaveProperty('reasoning_content');
});

test('reasoning from before the last user message is not sent again', async () => {
	const { answer } = await ask('sandbox/needs-reasoning', [QUESTION]);
	const [{ id }] = answer.tool_calls;
	const turn = [QUESTION, rebuilt(answer, THOUGHT), result(id)];
	const messages = [
		...turn,
		{ role: 'assistant', content: '21' },
		{ role: 'user', content: 'Thanks' },
	];
	const next = await ask('sandbox/needs-reasoning', messages);
	expect(next.error).toBeUndefined();
	expect(lastMessages()[1]).not.toHaveProperty('reasoning_content');
	expect(lastMessages()[1]).toHaveProperty('tool_calls');
});
