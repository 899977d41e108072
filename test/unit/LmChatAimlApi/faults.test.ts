import { sleep } from 'n8n-workflow';
import {
	runChatModel,
	tool,
	WAYS,
	type AiMessage,
	type ChatModelRun,
} from '../../engine/chatModelRun';
import { chatCalls } from '../../engine/chatRun';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox();

const CHAT = '/v1/chat/completions';
const HELLO = [{ role: 'user', content: 'Hello' }];
const ANSWER = 'Hello! How can I help you today?';

describe.each(Object.entries(WAYS))('%s', (_, ask) => {
	const run = async (options: ChatModelRun = {}) => {
		const result = await runChatModel(sandbox, options, async (model) => await ask(model, HELLO));
		return { ...result, answer: result.answers[0] as AiMessage | undefined };
	};

	test('a rate-limited call is retried after the time that the API states', async () => {
		sandbox.faults.set([{ when: { path: CHAT, nth: 1 }, do: { status: 429, retryAfter: 0.2 } }]);
		const { answer } = await run();
		expect(answer?.text).toBe(ANSWER);
		expect(chatCalls(sandbox)).toHaveLength(2);
	});

	test('a server error is retried, and then reported and logged in the words of the API', async () => {
		sandbox.faults.set([{ when: { path: CHAT }, do: { status: 500 } }]);
		const { error, log } = await run({ fields: { options: { maxRetries: 1 } } });
		expect(error).toMatchObject({
			message: 'Internal server error',
			description: expect.stringMatching(
				/overloaded.*Model: openai\/gpt-4o-mini.*HTTP status: 500/s,
			),
		});
		expect(chatCalls(sandbox)).toHaveLength(2);
		expect(log[0].error?.message).toBe('Internal server error');
	});

	test('a fallback model answers when the first one stays overloaded, and the log says so', async () => {
		const when = { path: CHAT, model: 'openai/gpt-4o-mini' };
		sandbox.faults.set([{ when, do: { status: 503 } }]);
		const { answer, log } = await run({
			modelParameters: { temperature: 0.5, seed: 7 },
			fields: { options: { maxRetries: 0, fallbackModels: ['openai/o4-mini-2025-04-16'] } },
		});
		expect(answer?.text).toBe(ANSWER);
		const [[{ json }]] = log[0].data!.ai_languageModel as Array<Array<{ json: object }>>;
		expect(json).toMatchObject({
			response: {
				generations: [
					[
						{
							generationInfo: {
								model: 'openai/o4-mini-2025-04-16',
								fallback: {
									insteadOf: 'openai/gpt-4o-mini',
									droppedParameters: ['temperature'],
								},
							},
						},
					],
				],
			},
		});
	});

	test('the error for a conversation that is too long says what to shorten', async () => {
		const message =
			"This model's maximum context length is 128000 tokens. However, your messages resulted in 150000 tokens.";
		sandbox.faults.set([{ when: { path: CHAT }, do: { status: 400, message } }]);
		const { error } = await run();
		expect(error).toMatchObject({
			message,
			description: expect.stringMatching(/tool results or files, a smaller chat memory/),
		});
		expect(chatCalls(sandbox)).toHaveLength(1);
	});

	test('the error for a wrong API key says where to get one', async () => {
		const { error } = await run({ credential: { url: sandbox.url, apiKey: 'wrong' } });
		expect(error?.description).toContain('Open the credential');
	});

	test('an answer that is cut off shows a hint on the node', async () => {
		const { answer, log } = await run({ modelParameters: { max_tokens: 3 } });
		expect(answer?.response_metadata.finish_reason).toBe('length');
		expect(log[0].hints).toMatchObject([{ message: expect.stringContaining('token limit') }]);
	});

	test('a canceled execution aborts its request and sends no other', async () => {
		sandbox.faults.set([{ when: { path: CHAT }, do: { delayMs: 600_000 } }]);
		const { answer } = await run({
			onStart: (cancel) => void until(() => chatCalls(sandbox).length > 0).then(cancel),
		});
		expect(answer).toBeUndefined();
		await until(() => chatCalls(sandbox)[0].aborted === true);
		expect(chatCalls(sandbox)).toHaveLength(1);
	});
});

async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await sleep(5);
}

test('a run without a model fails with an error that says so', async () => {
	const { error } = await runChatModel(sandbox, { model: '' }, async () => undefined);
	expect(error?.message).toBe("'Model' is empty");
});

test("an invalid 'Extra Body' is an error that says what to check", async () => {
	const { error } = await runChatModel(
		sandbox,
		{ fields: { options: { extraBody: '{"a": 1' } } },
		async (model) => await model.invoke(HELLO),
	);
	expect(error).toMatchObject({
		message: "'Extra Body' isn't valid JSON",
		description: expect.stringContaining('Check quotes, commas and brackets'),
	});
	expect(chatCalls(sandbox)).toHaveLength(0);
});

test('the calls of one run share a limit of 10 at a time', async () => {
	sandbox.setLatency(50);
	const { answers } = await runChatModel(sandbox, {}, async (model) => {
		const asked = Array.from({ length: 40 }, async () => await model.invoke(HELLO));
		return await Promise.all(asked);
	});
	expect(answers[0]).toHaveLength(40);
	expect(sandbox.requestLog.peakInFlight[CHAT]).toBeLessThanOrEqual(10);
});

test('a fallback model is sent the tools in the form that it accepts', async () => {
	const when = { path: CHAT, model: 'openai/gpt-4o-mini' };
	sandbox.faults.set([{ when, do: { status: 503 } }]);
	const options = { maxRetries: 0, fallbackModels: ['anthropic/claude-opus-4-5'] };
	const { answers } = await runChatModel(
		sandbox,
		{ fields: { options } },
		async (model) =>
			await model.bindTools([tool('weather')]).invoke([{ role: 'user', content: 'weather' }]),
	);
	expect((answers[0] as AiMessage).tool_calls).toMatchObject([{ name: 'weather' }]);
});
