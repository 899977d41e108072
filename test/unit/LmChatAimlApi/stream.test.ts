import { startSandbox } from '../../../sandbox';
import { readStream, runChatModel, type ChatModelRun } from '../../engine/chatModelRun';
import { chatCalls } from '../../engine/chatRun';
import type { Api } from '../../engine/operationRun';
import { makePng } from '../../../sandbox/media/png';
import { brokenOffStream } from '../../engine/scriptedServer';
import { useSandbox } from '../../support/useSandbox';
import { useScriptedServer } from '../../support/useScriptedServer';

const sandbox = useSandbox({ chunkDelayMs: 20 });
const api = useScriptedServer();

const HELLO = 'Hello! How can I help you today?';
const CHAT = '/v1/chat/completions';

type Streamed = Awaited<ReturnType<typeof readStream>>;

async function stream(run: ChatModelRun = {}, server: Api = sandbox) {
	const result = await runChatModel(
		server,
		run,
		async (model) => await readStream(await model.stream([{ role: 'user', content: 'Hello' }])),
	);
	return { ...result, streamed: result.answers[0] as Streamed | undefined };
}

const eventStream = (...events: object[]) => ({
	body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''),
	contentType: 'text/event-stream',
});
const answerWith = (...events: object[]) =>
	sandbox.faults.set([{ when: { path: CHAT }, do: eventStream(...events) }]);
const chunk = (delta: object, more: object = {}) => ({
	object: 'chat.completion.chunk',
	choices: [{ index: 0, delta, finish_reason: null, ...more }],
});

test('an image in the text of a stream is linked once, and its bytes are not in the chat', async () => {
	const png = `data:image/png;base64,${makePng(8, 8, 0.6).toString('base64')}`;
	const pieces = [
		'Here it is',
		':\n\n![A cir',
		`cle](${png.slice(0, 40)}`,
		png.slice(40),
		')\n\nBye!',
	];
	answerWith(...pieces.map((content) => chunk({ content })), chunk({}, { finish_reason: 'stop' }));
	const { streamed, error } = await stream();
	expect(error).toBeUndefined();
	const text = streamed!.texts.join('');
	expect(text).toMatch(/^Here it is:\n\nBye!\n\n\[image-1\.png: .*\]$/);
	expect(text).not.toContain('base64');
});

test('the text arrives in the chunks of the model, with usage and cost at the end', async () => {
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

test('the first chunk arrives while the model is still writing', async () => {
	const statuses: number[] = [];
	await runChatModel(sandbox, {}, async (model) => {
		for await (const { text } of await model.stream([{ role: 'user', content: 'Hello' }])) {
			if (text) statuses.push(chatCalls(sandbox)[0].status);
		}
	});
	const inProgress = 0;
	expect(statuses[0]).toBe(inProgress);
	expect(chatCalls(sandbox)[0].status).toBe(200);
});

test.each(['anthropic/claude-opus-4-5', 'sandbox/think-tags', 'gemini-1.5-flash'])(
	'%s streams the same text that it returns in one piece',
	async (model) => {
		const { streamed } = await stream({ model });
		expect(streamed?.texts.join('')).toBe(HELLO);
	},
);

test('a stream with a finish reason is complete without [DONE]', async () => {
	answerWith(
		chunk({ content: 'Hel' }),
		chunk({ content: 'lo' }),
		chunk({}, { finish_reason: 'stop' }),
	);
	const { streamed, error } = await stream();
	expect(error).toBeUndefined();
	expect(streamed?.texts).toEqual(['Hel', 'lo']);
});

test('an answer in one piece is accepted although a stream was requested', async () => {
	const message = { role: 'assistant', content: 'Hello' };
	const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
	sandbox.faults.set([{ when: { path: CHAT }, do: { body } }]);
	const { streamed } = await stream();
	expect(streamed?.texts).toEqual(['Hello']);
});

test('an answer may take longer than the timeout as long as chunks of it arrive', async () => {
	const slow = await startSandbox({ chunkDelayMs: 400 });
	const fields = { options: { timeout: 2, maxRetries: 0 } };
	const { streamed, error } = await stream({ fields }, slow);
	await slow.close();
	expect(error).toBeUndefined();
	expect(streamed?.texts.join('')).toBe(HELLO);
});

describe('a stream that breaks', () => {
	test('a stream that breaks before the first text is requested again', async () => {
		sandbox.faults.set([{ when: { path: CHAT, nth: 1 }, do: { reset: 'before' } }]);
		const { streamed } = await stream();
		expect(streamed?.texts.join('')).toBe(HELLO);
		expect(chatCalls(sandbox)).toHaveLength(2);
	});

	test('a stream that breaks after the first text fails with the text that had arrived', async () => {
		sandbox.faults.set([{ when: { path: CHAT }, do: { reset: 'body' } }]);
		const { error } = await stream();
		expect(error?.message).toContain('broke before the answer was complete');
		expect(error?.description).toContain('The answer broke off after “Hello! How c”');
		expect(error?.description).toContain('Model: openai/gpt-4o-mini');
		expect(chatCalls(sandbox)).toHaveLength(1);
	});

	test('a stream that breaks after the last word is complete', async () => {
		api.answer(
			brokenOffStream({ delta: { content: 'Hello' } }, { delta: {}, finish_reason: 'stop' }),
		);
		const { streamed, error } = await stream({}, api);
		expect(error).toBeUndefined();
		expect(streamed?.texts).toEqual(['Hello']);
	});

	test('a stream that ends without a finish reason fails with the text that had arrived', async () => {
		answerWith(chunk({ content: 'Hel' }));
		const { error } = await stream();
		expect(error?.message).toContain('broke before the answer was complete');
		expect(error?.description).toContain('“Hel”');
	});

	test("a stream that ends with a provider's error fails with the provider's words", async () => {
		answerWith(chunk({ content: 'Hel' }), { error: { message: 'The GPU is on fire', code: 502 } });
		const { error } = await stream();
		expect(error?.message).toBe('The GPU is on fire');
		expect(error?.description).toContain('“Hel”');
	});

	test('a stream that stalls fails after the timeout', async () => {
		const slow = await startSandbox({ chunkDelayMs: 60_000 });
		const fields = { options: { timeout: 0.3, maxRetries: 0 } };
		const { error } = await stream({ fields }, slow);
		await slow.close();
		expect(error?.message).toMatch(
			/^The API (did not answer within|sent nothing more of its answer for) 0\.3 s$/,
		);
	});

	test('a stream that is overloaded before the first text falls back to the next model', async () => {
		sandbox.faults.set([
			{
				when: { path: CHAT, model: 'openai/gpt-4o-mini' },
				do: eventStream({ error: { message: 'Overloaded', code: 503 } }),
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
