import { useSandbox } from '../../support/useSandbox';
import { call, chat } from './client';

const sandbox = useSandbox();

const ask = async (variant: string, prompt: string, more: Record<string, unknown> = {}) =>
	(await call(sandbox, chat(prompt, { model: `sandbox/${variant}`, ...more }))).body;
const json = { response_format: { type: 'json_object' } };
const greeting = 'Hello! How can I help you today?';

test.each([
	['reasoning-content', 'reasoning_content'],
	['reasoning', 'reasoning'],
])('sandbox/%s thinks in message.%s and counts it', async (variant, field) => {
	const { choices, usage } = await ask(variant, 'Hello');
	expect(choices[0].message.content).toBe(greeting);
	expect(choices[0].message[field]).toContain('Hello');
	expect(usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
	expect(usage.completion_tokens).toBeGreaterThan(8);
});

test('sandbox/think-tags thinks inside the content', async () => {
	const { choices } = await ask('think-tags', 'Hello');
	expect(choices[0].message.content).toMatch(/^<think>\n[^<]*Hello[^<]*\n<\/think>\n\nHello!/);
});

test('sandbox/content-parts answers with parts and end_turn', async () => {
	const { choices } = await ask('content-parts', 'Hello');
	expect(choices[0].message.content).toEqual([{ type: 'text', text: greeting }]);
	expect(choices[0].finish_reason).toBe('end_turn');
});

test.each(['sandbox/citations', 'perplexity/sonar'])('%s names its sources', async (model) => {
	const { body } = await call(sandbox, chat('Hello', { model }));
	expect(body.citations).toEqual(['https://example.com/', 'https://example.org/']);
	expect(body.search_results[0]).toEqual({
		title: 'Example Domain',
		url: 'https://example.com/',
		date: '2026-01-01',
	});
});

test('sandbox/content-filter filters when the prompt says "forbidden"', async () => {
	expect((await ask('content-filter', 'Something forbidden')).choices[0]).toMatchObject({
		finish_reason: 'content_filter',
		message: { content: '' },
	});
	expect((await ask('content-filter', 'Hello')).choices[0].finish_reason).toBe('stop');
});

test('sandbox/fenced-json wraps JSON in a fence', async () => {
	const { choices } = await ask('fenced-json', 'Hello', json);
	expect(choices[0].message.content).toBe(`\`\`\`json\n{"answer":"${greeting}"}\n\`\`\``);
});

test('sandbox/broken-json-once answers valid JSON to a repair request only', async () => {
	const first = await ask('broken-json-once', 'Hello', json);
	const broken = first.choices[0].message.content;
	expect(() => JSON.parse(broken)).toThrow(SyntaxError);

	const repaired = await ask('broken-json-once', '', {
		...json,
		messages: [
			{ role: 'user', content: 'Hello' },
			{ role: 'assistant', content: broken },
			{ role: 'user', content: 'That was not valid JSON. Answer with the corrected JSON only.' },
		],
	});
	expect(() => JSON.parse(repaired.choices[0].message.content)).not.toThrow();
});

test('sandbox/no-system refuses a system message', async () => {
	const messages = [{ role: 'system', content: 'Be brief.' }];
	expect(await ask('no-system', '', { messages })).toMatchObject({ statusCode: 400 });
});

describe('tool calls', () => {
	const tools = ['weather', 'calendar'].map((name) => ({
		type: 'function',
		function: {
			name,
			parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
		},
	}));
	const prompt = 'Weather and calendar for Paris';
	const question = { role: 'user', content: prompt };

	test('sandbox/needs-reasoning goes on after a tool call only with its reasoning', async () => {
		const { choices } = await ask('needs-reasoning', prompt, { tools });
		const { reasoning_content, tool_calls } = choices[0].message;
		const assistant = { role: 'assistant', content: '', tool_calls };
		const results = tool_calls.map(({ id }: { id: string }) => ({
			role: 'tool',
			tool_call_id: id,
			content: '21 degrees',
		}));
		const goOn = async (answer: object) =>
			await ask('needs-reasoning', '', { tools, messages: [question, answer, ...results] });

		const refused = await goOn(assistant);
		expect(refused).toMatchObject({ statusCode: 400 });
		expect(refused.message).toContain('reasoning_content');
		const answered = await goOn({ ...assistant, reasoning_content });
		expect(answered.choices[0].message.content).toContain('21 degrees');
	});

	test.each([
		['text-with-calls', { content: 'Let me look.' }],
		['no-arguments', { tool_calls: [{ function: { arguments: '' } }, {}] }],
		['numbered-calls', { tool_calls: [{ id: 'functions.weather:0' }, {}] }],
	])('sandbox/%s calls tools in its own way', async (variant, message) => {
		const { choices } = await ask(variant, prompt, { tools });
		expect(choices[0]).toMatchObject({ message, finish_reason: 'tool_calls' });
	});

	test('sandbox/broken-arguments breaks them', async () => {
		const { choices } = await ask('broken-arguments', prompt, { tools });
		const [{ function: called }] = choices[0].message.tool_calls;
		expect(() => JSON.parse(called.arguments)).toThrow(SyntaxError);
	});

	test.each([
		['calls-without-index', undefined],
		['calls-of-one-index', 0],
	])('sandbox/%s streams them so', async (variant, index) => {
		const request = chat(prompt, { model: `sandbox/${variant}`, tools, stream: true });
		const fragments = (await call(sandbox, request)).text
			.split('\n\n')
			.filter((event) => event.includes('"tool_calls":['))
			.flatMap((event) => JSON.parse(event.slice('data: '.length)).choices[0].delta.tool_calls);
		expect(fragments.length).toBeGreaterThan(2);
		for (const fragment of fragments) expect(fragment.index).toBe(index);
	});
});
