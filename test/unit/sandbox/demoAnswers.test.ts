import { useSandbox } from '../../support/useSandbox';
import { example } from '../../../harness/workflows/workflow';
import { call, chat } from './client';

const sandbox = useSandbox();

type Body = Record<string, unknown>;

const messageFor = async (body: Body) => (await call(sandbox, body)).body.choices[0].message;
const answerTo = async (prompt: string, system?: string): Promise<string> => {
	const messages = [
		...(system ? [{ role: 'system', content: system }] : []),
		{ role: 'user', content: prompt },
	];
	return (await messageFor({ model: 'gpt-4o', messages })).content;
};

const tool = (name: string, ...parameters: string[]) => ({
	type: 'function',
	function: {
		name,
		parameters: {
			type: 'object',
			properties: Object.fromEntries(parameters.map((each) => [each, { type: 'string' }])),
			required: parameters,
		},
	},
});
const tools = [tool('Calculator', 'input'), tool('Translate', 'language', 'text')];
const prompt = 'Translate "bread" into Spanish and use the calculator for 17 * 23';

test('the agent of the example gives its calculator the expression and its translator text and language', async () => {
	const { tool_calls } = await messageFor(chat(prompt, { tools }));
	const called = tool_calls.map(
		({
			function: { name, arguments: given },
		}: {
			function: { name: string; arguments: string };
		}) => [name, JSON.parse(given)],
	);
	expect(called).toEqual([
		['Calculator', { input: '17 * 23' }],
		['Translate', { language: 'Spanish', text: 'bread' }],
	]);
});

test('a calculator is called for an expression without being named', async () => {
	const { tool_calls } = await messageFor(chat('Please calculate 2.5 * 4', { tools }));
	expect(tool_calls).toHaveLength(1);
	expect(tool_calls[0].function.arguments).toBe('{"input":"2.5 * 4"}');
});

test('the answer uses the results of both tools', async () => {
	const { tool_calls } = await messageFor(chat(prompt, { tools }));
	const messages = [
		{ role: 'user', content: prompt },
		{ role: 'assistant', content: null, tool_calls },
		{ role: 'tool', tool_call_id: tool_calls[0].id, content: '391' },
		{ role: 'tool', tool_call_id: tool_calls[1].id, content: '[{"text":"pan"}]' },
	];
	const { content } = await messageFor({ model: 'gpt-4o', messages, tools });
	expect(content).toBe('17 * 23 = 391. "bread" in Spanish is "pan".');
});

test('the answer uses the results of both tools in Anthropic’s form', async () => {
	const use = (id: string, name: string, input: object) => ({ type: 'tool_use', id, name, input });
	const result = (id: string, content: string) => ({
		type: 'tool_result',
		tool_use_id: id,
		content,
	});
	const { content } = await messageFor({
		model: 'anthropic/claude-opus-4-5',
		messages: [
			{ role: 'user', content: prompt },
			{
				role: 'assistant',
				content: [
					use('a', 'Calculator', { input: '17 * 23' }),
					use('b', 'Translate', { language: 'Spanish', text: 'bread' }),
				],
			},
			{ role: 'user', content: [result('a', '391'), result('b', 'pan')] },
		],
	});
	expect(content).toBe('17 * 23 = 391. "bread" in Spanish is "pan".');
});

test('the answer uses the results of earlier turns since the user spoke', async () => {
	const called = (id: string) => ({
		role: 'assistant',
		content: null,
		tool_calls: [{ id, type: 'function', function: { name: 'Look', arguments: '{}' } }],
	});
	const returned = (id: string, content: string) => ({ role: 'tool', tool_call_id: id, content });
	const { content } = await messageFor({
		model: 'gpt-4o',
		messages: [
			{ role: 'user', content: 'Look once.' },
			...[called('a'), returned('a', 'Nothing there.')],
			{ role: 'user', content: 'Look twice.' },
			...[called('b'), returned('b', 'A lamp.'), called('c'), returned('c', 'A door.')],
		],
	});
	expect(content).toBe('A lamp. A door.');
});

test('of several passages that a search returns, the answer is the one about the question', async () => {
	const passages = ['The office opens at seven.', 'Every employee has thirty days of leave.'];
	const content = JSON.stringify(
		passages.map((pageContent) => ({ type: 'text', text: JSON.stringify({ pageContent }) })),
	);
	const call_ = { id: 'a', type: 'function', function: { name: 'search', arguments: '{}' } };
	const message = await messageFor({
		model: 'gpt-4o',
		messages: [
			{ role: 'user', content: 'How many days of leave do I have?' },
			{ role: 'assistant', content: null, tool_calls: [call_] },
			{ role: 'tool', tool_call_id: 'a', content },
		],
	});
	expect(message.content).toBe('Every employee has thirty days of leave.');
});

test.each([
	[
		'bread',
		'Translate what the user writes into Spanish. Answer with the translation alone.',
		'pan',
	],
	['hello', 'Translate what the user writes into French.', 'bonjour'],
	['What is 17 * 23?', undefined, '17 * 23 = 391.'],
	['Translate "water" into German', undefined, '"water" in German is "Wasser".'],
	['What is the capital of France?', undefined, 'The capital of France is Paris.'],
])('"%s" is answered as a model would', async (asked, system, answer) => {
	expect(await answerTo(asked, system)).toBe(answer);
});

test('a digest in one paragraph has a sentence of every line', async () => {
	const news =
		'Summarize these news of the day in one short paragraph:\nTrains return. Soon.\nSeeds lent.';
	expect(await answerTo(news)).toBe('Trains return. Seeds lent.');
});

test('the prompts of the examples get answers that say nothing of a sandbox', async () => {
	const { nodes } = example('message-a-model');
	const prompts = JSON.stringify(nodes.find(({ name }) => name === 'Prompt')?.parameters);
	const [, asked] = /"value":"([^"]+)"/.exec(prompts) ?? [];
	const answer = await answerTo(asked);
	expect(answer).toMatch(/^An automated workflow/);
	for (const text of [answer, await answerTo('Something else entirely')]) {
		expect(text).not.toMatch(/sandbox/i);
	}
});
