import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { call, chat } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const ask = async (behaviour: string, prompt: string, more: Record<string, unknown> = {}) =>
	(await call(sandbox, chat(prompt, { model: `sandbox/${behaviour}`, ...more }))).body;
const json = { response_format: { type: 'json_object' } };
const greeting = 'Hello! How can I help you today?';

it.each([
	['reasoning-content', 'reasoning_content'],
	['reasoning', 'reasoning'],
])('sandbox/%s thinks in message.%s and counts it', async (behaviour, field) => {
	const { choices, usage } = await ask(behaviour, 'Hello');
	expect(choices[0].message.content).toBe(greeting);
	expect(choices[0].message[field]).toContain('Hello');
	expect(usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
	expect(usage.completion_tokens).toBeGreaterThan(8);
});

it('sandbox/think-tags thinks inside the content', async () => {
	const { choices } = await ask('think-tags', 'Hello');
	expect(choices[0].message.content).toMatch(/^<think>\n[^<]*Hello[^<]*\n<\/think>\n\nHello!/);
});

it('sandbox/content-parts answers with parts and end_turn', async () => {
	const { choices } = await ask('content-parts', 'Hello');
	expect(choices[0].message.content).toEqual([{ type: 'text', text: greeting }]);
	expect(choices[0].finish_reason).toBe('end_turn');
});

it.each(['sandbox/citations', 'perplexity/sonar'])('%s names its sources', async (model) => {
	const { body } = await call(sandbox, chat('Hello', { model }));
	expect(body.citations).toEqual(['https://example.com/', 'https://example.org/']);
	expect(body.search_results[0]).toEqual({
		title: 'Example Domain',
		url: 'https://example.com/',
		date: '2026-01-01',
	});
});

it('sandbox/content-filter filters when the prompt says "forbidden"', async () => {
	expect((await ask('content-filter', 'Something forbidden')).choices[0]).toMatchObject({
		finish_reason: 'content_filter',
		message: { content: '' },
	});
	expect((await ask('content-filter', 'Hello')).choices[0].finish_reason).toBe('stop');
});

it('sandbox/fenced-json wraps JSON in a fence', async () => {
	const { choices } = await ask('fenced-json', 'Hello', json);
	expect(choices[0].message.content).toBe(`\`\`\`json\n{"answer":"${greeting}"}\n\`\`\``);
});

it('sandbox/broken-json-once answers valid JSON to a repair request only', async () => {
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
