import { useSandbox } from '../../support/useSandbox';
import { runAsTool, type ToolRun } from '../../engine/toolRun';

const sandbox = useSandbox({ jobPace: { pollsUntilDone: 1 } });

const id = (value: string) => ({ __rl: true, mode: 'id', value });
const fromAi = (name: string) => `={{ $fromAI('${name}', 'What it should be', 'string') }}`;
const chat = {
	resource: 'chat',
	operation: 'complete',
	model: id('openai/gpt-4o-mini'),
	messages: { values: [{ role: 'user', content: fromAi('question') }] },
};
const asTool = async (run: ToolRun) => await runAsTool(sandbox, run);
const posts = () => sandbox.requestLog.calls.filter(({ method }) => method === 'POST');

test('each call of an agent has its own answer', async () => {
	const { answers, error } = await asTool({
		parameters: chat,
		calls: [{ question: 'One' }, { question: 'Two' }],
	});
	expect(error).toBeUndefined();
	expect(posts()).toHaveLength(2);
	expect(answers[0]).toContain('You wrote \\"One\\"');
	expect(answers[1]).toContain('You wrote \\"Two\\"');
});

test('each item of an agent has an answer', async () => {
	const { answers, error } = await asTool({
		parameters: chat,
		items: [{ json: {} }, { json: {} }, { json: {} }],
		calls: [{ question: 'One' }],
	});
	expect(error).toBeUndefined();
	expect(answers).toHaveLength(3);
	for (const answer of answers) expect(answer).toContain('You wrote');
});

test('a failed call gives the model its error, and the next one works', async () => {
	sandbox.faults.set([
		{ when: { contains: 'One' }, do: { status: 400, message: 'Not this question' } },
	]);
	const { answers, error } = await asTool({
		parameters: chat,
		calls: [{ question: 'One' }, { question: 'Two' }],
	});
	expect(error).toBeUndefined();
	expect(JSON.parse(answers[0])).toEqual([
		{ error: expect.objectContaining({ message: 'Not this question', httpStatus: 400 }) },
	]);
	expect(answers[1]).toContain('You wrote \\"Two\\"');
});

test("'Cost Limit' is for all calls of an agent's run together", async () => {
	const { answers } = await asTool({
		parameters: { ...chat, options: { costLimit: 0.000001 } },
		calls: [{ question: 'One' }, { question: 'Two' }],
	});
	expect(posts()).toHaveLength(1);
	expect(answers[0]).toContain('You wrote');
	expect(answers[1]).toContain('The cost limit of $0.000001 for this run is reached');
});

test('texts of several calls are embedded, and the answers have the length of the vectors', async () => {
	const { answers, error } = await asTool({
		parameters: {
			resource: 'embedding',
			operation: 'create',
			model: id('text-embedding-3-small'),
			input: fromAi('text'),
		},
		calls: [{ text: 'One' }, { text: 'Two' }],
	});
	expect(error).toBeUndefined();
	expect(answers.map((answer) => JSON.parse(answer)[0].embedding)).toEqual(
		Array(2).fill('[1536 numbers, left out]'),
	);
});

test('the tool is described by its operation', async () => {
	const { description } = await asTool({ parameters: chat, calls: [] });
	expect(description).toBe('Message a model in AI/ML API');
});
