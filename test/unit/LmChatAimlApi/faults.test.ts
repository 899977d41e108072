import { sleep } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { chatCalls } from '../../engine/chatRun';
import {
	runChatModel,
	tool,
	WAYS,
	type AiMessage,
	type ChatModelRun,
} from '../../engine/chatModelRun';

const sandbox = useSandbox();

beforeEach(() => {
	sandbox.setLatency(0);
});

const CHAT = '/v1/chat/completions';
const HELLO = [{ role: 'user', content: 'Hello' }];
const ANSWER = 'Hello! How can I help you today?';

describe.each(Object.entries(WAYS))('%s', (_, ask) => {
	const run = async (options: ChatModelRun = {}) => {
		const result = await runChatModel(sandbox, options, async (model) => await ask(model, HELLO));
		return { ...result, answer: result.answers[0] as AiMessage | undefined };
	};

	test('too many requests are waited for as long as the API says', async () => {
		sandbox.faults.set([{ when: { path: CHAT, nth: 1 }, do: { status: 429, retryAfter: 0.2 } }]);
		const { answer } = await run();
		expect(answer?.text).toBe(ANSWER);
		expect(chatCalls(sandbox)).toHaveLength(2);
	});

	test('an error of the server is retried and in the end told in the API’s words', async () => {
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

	test('the fallback model answers when the first stays overloaded, and the log says so', async () => {
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

	test('a conversation that is too long says what to make shorter', async () => {
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

	test('a wrong key is told with the place where to get one', async () => {
		const { error } = await run({ credential: { url: sandbox.url, apiKey: 'wrong' } });
		expect(error?.description).toContain('Open the credential');
	});

	test('an answer that ends before it begins is an error rather than an empty text', async () => {
		const choices = [{ index: 0, message: { content: '' }, finish_reason: 'length' }];
		sandbox.faults.set([{ when: { path: CHAT }, do: { body: JSON.stringify({ choices }) } }]);
		const { error } = await run();
		expect(error?.message).toBe(
			'The model openai/gpt-4o-mini reached its token limit before it said anything',
		);
	});

	test('an answer that the content filter stopped is an error rather than an empty text', async () => {
		const { error } = await runChatModel(
			sandbox,
			{ model: 'sandbox/content-filter' },
			async (model) => await ask(model, [{ role: 'user', content: 'Something forbidden' }]),
		);
		expect(error?.message).toContain('its content filter stopped it');
	});

	test('an answer that is cut off says so on the node', async () => {
		const { answer, log } = await run({ modelParameters: { max_tokens: 3 } });
		expect(answer?.response_metadata.finish_reason).toBe('length');
		expect(log[0].hints).toMatchObject([{ message: expect.stringContaining('token limit') }]);
	});

	test('a cancelled execution stops waiting', async () => {
		sandbox.setLatency(600_000);
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

test('without a model the node says that it needs one', async () => {
	const { error } = await runChatModel(sandbox, { model: '' }, async () => undefined);
	expect(`${error?.message} ${error?.description}`).toContain("'Model' is empty");
});

test('many calls of one run keep to one pace', async () => {
	sandbox.setLatency(50);
	const { answers } = await runChatModel(sandbox, {}, async (model) => {
		const asked = Array.from({ length: 40 }, async () => await model.invoke(HELLO));
		return await Promise.all(asked);
	});
	expect(answers[0]).toHaveLength(40);
	expect(sandbox.requestLog.peakInFlight[CHAT]).toBeLessThanOrEqual(10);
});

test('a fallback model gets tools in its own form', async () => {
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
