import { useSandbox } from '../../support/useSandbox';
import { call, chat, openSandbox, until } from './client';

const sandbox = useSandbox({ chunkDelayMs: 0 });

/** The events of a stream, the closing [DONE] left away. */
async function stream(request: object) {
	const { headers, text } = await call(sandbox, { ...request, stream: true });
	const events = text.split('\n\n').filter((event) => event !== '');
	expect(events.pop()).toBe('data: [DONE]');
	return { headers, chunks: events.map((event) => JSON.parse(event.replace(/^data: /, ''))) };
}

interface Chunk {
	choices: Array<{ delta?: Record<string, string> }>;
}

const join = (chunks: Chunk[], field: string): string =>
	chunks.map(({ choices }) => choices[0]?.delta?.[field] ?? '').join('');

test('a stream has the same content as the whole answer', async () => {
	const whole = await call(sandbox, chat('Hello'));
	const { chunks } = await stream(chat('Hello'));
	expect(chunks.length).toBeGreaterThan(4);
	expect(join(chunks, 'content')).toBe(whole.body.choices[0].message.content);
	expect(chunks[0].object).toBe('chat.completion.chunk');
	expect(chunks[0].choices[0].delta.role).toBe('assistant');
});

test('a stream is an event stream without cost headers', async () => {
	const { headers } = await stream(chat('Hello'));
	expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
	expect(headers.get('x-inference-id')).not.toBeNull();
	expect(headers.get('x-aimlapi-credits-used')).toBeNull();
});

test('a stream has usage null until the last chunk, which has no choices but the cost', async () => {
	const { chunks } = await stream(chat('Hello'));
	const last = chunks.pop();
	expect(chunks.every(({ usage }) => usage === null)).toBe(true);
	expect(chunks[chunks.length - 1].choices[0].finish_reason).toBe('stop');
	expect(last).toMatchObject({
		choices: [],
		usage: { total_tokens: 10 },
		meta: { usage: { credits_used: 11, usd_spent: 0.0000055 } },
	});
});

test('a stream of a Claude model has empty ids and a last chunk without a delta', async () => {
	const { chunks } = await stream(chat('Hello', { model: 'anthropic/claude-opus-4-5' }));
	expect(chunks.every(({ id }) => id === '')).toBe(true);
	const last = chunks.pop();
	expect(last.choices).toEqual([{ index: 0, finish_reason: 'stop' }]);
	expect(last.meta.usage.usd_spent).toBeGreaterThan(0);
});

test('a stream has the reasoning before the content', async () => {
	const { chunks } = await stream(chat('Hello', { model: 'sandbox/reasoning-content' }));
	expect(join(chunks, 'reasoning_content')).toContain('The user wants');
	expect(join(chunks, 'content')).toMatch(/^Hello!/);
});

test('a stream has the arguments of a tool call in fragments', async () => {
	const parameters = { type: 'object', properties: { place: { const: 'Oslo, Norway' } } };
	const tools = [{ type: 'function', function: { name: 'get_weather', parameters } }];
	const { chunks } = await stream(chat('The weather?', { tools }));
	const calls = chunks.flatMap(({ choices }) => choices[0]?.delta?.tool_calls ?? []);
	expect(calls[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'get_weather' } });
	const fragments = calls.map((toolCall) => toolCall.function.arguments);
	expect(fragments.filter((fragment) => fragment !== '').length).toBeGreaterThan(1);
	expect(JSON.parse(fragments.join(''))).toEqual({ place: 'Oslo, Norway' });
	expect(chunks.some(({ choices }) => choices[0]?.finish_reason === 'tool_calls')).toBe(true);
});

test('a stream has all choices of n', async () => {
	const { chunks } = await stream(chat('Hello', { n: 2 }));
	const indexes = chunks.flatMap(({ choices }) =>
		choices.map((choice: { index: number }) => choice.index),
	);
	expect(new Set(indexes)).toEqual(new Set([0, 1]));
});

test('a stream waits between the chunks', async () => {
	const slow = await openSandbox({ chunkDelayMs: 60_000 });
	const stream = call(slow, chat('Hello', { stream: true })).catch(() => 'cut off');
	await until(() => slow.requestLog.calls.length === 1);
	const other = call(slow, chat('Hello')).then(() => 'whole answer');
	expect(await Promise.race([stream, other])).toBe('whole answer');
});
