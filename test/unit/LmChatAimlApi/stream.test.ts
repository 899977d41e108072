import { startSandbox } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { chatCalls } from '../../engine/chatRun';
import {
	readStream,
	runChatModel,
	type AiMessage,
	type ChatModelRun,
} from '../../engine/chatModelRun';

const sandbox = useSandbox({ chunkDelayMs: 20 });

const HELLO = 'Hello! How can I help you today?';
const CHAT = '/v1/chat/completions';

interface Streamed {
	texts: string[];
	whole: AiMessage;
}

async function stream(run: ChatModelRun = {}, content = 'Hello') {
	const result = await runChatModel(
		sandbox,
		run,
		async (model) => await readStream(await model.stream([{ role: 'user', content }])),
	);
	return { ...result, streamed: result.answers[0] as Streamed | undefined };
}

const answerWith = (...events: unknown[]) =>
	sandbox.faults.set([
		{
			when: { path: CHAT },
			do: {
				body: events
					.map((event) =>
						typeof event === 'string' ? event : `data: ${JSON.stringify(event)}\n\n`,
					)
					.join(''),
				contentType: 'text/event-stream',
			},
		},
	]);
const chunk = (delta: object, more: object = {}) => ({
	object: 'chat.completion.chunk',
	choices: [{ index: 0, delta, finish_reason: null, ...more }],
});

test('the text comes in the pieces in which the model gives it, with usage and cost at the end', async () => {
	const { streamed, log } = await stream();
	expect(streamed?.texts.length).toBeGreaterThan(1);
	expect(streamed?.texts.join('')).toBe(HELLO);
	expect(streamed?.whole.usage_metadata).toMatchObject({ input_tokens: 2, output_tokens: 8 });
	expect(log[0].data?.ai_languageModel?.[0]?.[0].json).toMatchObject({
		response: { generations: [[{ text: HELLO, generationInfo: { finish_reason: 'stop' } }]] },
		tokenUsage: { promptTokens: 2, completionTokens: 8, totalTokens: 10, cost: 0.0000055 },
	});
	expect(chatCalls(sandbox)[0].body).toMatchObject({
		stream: true,
		stream_options: { include_usage: true },
	});
});

test('the first piece is out before the model has given the last', async () => {
	const statuses: number[] = [];
	await runChatModel(sandbox, {}, async (model) => {
		for await (const { text } of await model.stream([{ role: 'user', content: 'Hello' }])) {
			if (text) statuses.push(chatCalls(sandbox)[0].status);
		}
	});
	const underWay = 0;
	expect(statuses[0]).toBe(underWay);
	expect(chatCalls(sandbox)[0].status).toBe(200);
});

test.each(['anthropic/claude-opus-4-5', 'sandbox/think-tags', 'gemini-1.5-flash'])(
	'%s streams the same text as it gives in one piece',
	async (model) => {
		const { streamed } = await stream({ model });
		expect(streamed?.texts.join('')).toBe(HELLO);
	},
);

test('a stream without [DONE] that says why it ends is complete', async () => {
	answerWith(
		chunk({ content: 'Hel' }),
		chunk({ content: 'lo' }),
		chunk({}, { finish_reason: 'stop' }),
	);
	const { streamed, error } = await stream();
	expect(error).toBeUndefined();
	expect(streamed?.texts).toEqual(['Hel', 'lo']);
});

test('an answer that comes whole although a stream was asked for is taken as it is', async () => {
	const message = { role: 'assistant', content: 'Hello' };
	const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
	sandbox.faults.set([{ when: { path: CHAT }, do: { body } }]);
	const { streamed } = await stream();
	expect(streamed?.texts).toEqual(['Hello']);
});

test('an answer may take longer than the time-out as long as pieces of it come', async () => {
	const slow = await startSandbox({ chunkDelayMs: 400 });
	const { answers, error } = await runChatModel(
		slow,
		{ fields: { options: { timeout: 2, maxRetries: 0 } } },
		async (model) => await readStream(await model.stream([{ role: 'user', content: 'Hello' }])),
	);
	await slow.close();
	expect(error).toBeUndefined();
	expect((answers[0] as Streamed).texts.join('')).toBe(HELLO);
});

describe('a stream that breaks', () => {
	test('a stream that breaks before the first text is requested again', async () => {
		sandbox.faults.set([{ when: { path: CHAT, nth: 1 }, do: { reset: 'before' } }]);
		const { streamed } = await stream();
		expect(streamed?.texts.join('')).toBe(HELLO);
		expect(chatCalls(sandbox)).toHaveLength(2);
	});

	test('a stream that breaks after the first text fails with what had arrived', async () => {
		sandbox.faults.set([{ when: { path: CHAT }, do: { reset: 'body' } }]);
		const { error } = await stream();
		expect(error?.message).toContain('broke before the answer was complete');
		expect(error?.description).toContain('The answer broke off after “Hello! How c”');
		expect(error?.description).toContain('Model: openai/gpt-4o-mini');
		expect(chatCalls(sandbox)).toHaveLength(1);
	});

	test('a stream that ends early fails like any other', async () => {
		answerWith(chunk({ content: 'Hel' }));
		const { error } = await stream();
		expect(error?.message).toContain('broke before the answer was complete');
		expect(error?.description).toContain('“Hel”');
	});

	test("a stream that ends in a provider's error fails with the provider's words", async () => {
		answerWith(chunk({ content: 'Hel' }), { error: { message: 'The GPU is on fire', code: 502 } });
		const { error } = await stream();
		expect(error?.message).toBe('The GPU is on fire');
		expect(error?.description).toContain('“Hel”');
	});

	test('a stream that falls silent is given up after the timeout', async () => {
		const slow = await startSandbox({ chunkDelayMs: 60_000 });
		const fields = { options: { timeout: 0.3, maxRetries: 0 } };
		const { error } = await runChatModel(
			slow,
			{ fields },
			async (model) => await readStream(await model.stream([{ role: 'user', content: 'Hello' }])),
		);
		await slow.close();
		expect(error?.message).toMatch(
			/^The API (did not answer within|sent nothing more of its answer for) 0\.3 s$/,
		);
	});

	test('a stream that is overloaded before the first text falls back to the next model', async () => {
		sandbox.faults.set([
			{
				when: { path: CHAT, model: 'openai/gpt-4o-mini' },
				do: {
					body: `data: ${JSON.stringify({ error: { message: 'Overloaded', code: 503 } })}\n\n`,
					contentType: 'text/event-stream',
				},
			},
		]);
		const options = { maxRetries: 0, fallbackModels: ['openai/gpt-4o'] };
		const { streamed } = await stream({ fields: { options } });
		expect(streamed?.texts.join('')).toBe(HELLO);
		expect(streamed?.whole.response_metadata).toMatchObject({
			model: 'openai/gpt-4o',
			fallback: { insteadOf: 'openai/gpt-4o-mini', reason: 'Overloaded', droppedParameters: [] },
		});
	});
});
