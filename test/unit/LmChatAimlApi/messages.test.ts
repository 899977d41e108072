import { useSandbox } from '../../support/useSandbox';
import { chatCalls } from '../../engine/chatRun';
import { runChatModel, type ChatModelRun, type Conversation } from '../../engine/chatModelRun';

const sandbox = useSandbox();

/** The body that the API gets for a conversation. */
async function bodyFor(messages: Conversation, run: ChatModelRun = {}, options = {}) {
	const { error } = await runChatModel(
		sandbox,
		run,
		async (model) => await model.invoke(messages, options),
	);
	return { error, body: chatCalls(sandbox)[0]?.body as Record<string, unknown> | undefined };
}

const SYSTEM = { role: 'system', content: 'Be brief.' };
const HELLO = { role: 'user', content: 'Hello' };
const PNG = 'iVBORw0KGgo=';

describe('the system prompt', () => {
	test('the system prompt is a message', async () => {
		const { body } = await bodyFor([SYSTEM, HELLO]);
		expect(body).toEqual({ model: 'openai/gpt-4o-mini', messages: [SYSTEM, HELLO] });
	});

	test('the system prompt is the property `system` where the model wants it so', async () => {
		const { body } = await bodyFor([SYSTEM, HELLO], { model: 'anthropic/claude-opus-4-5' });
		expect(body).toMatchObject({ system: 'Be brief.', messages: [HELLO] });
	});

	test('the system prompt starts the first user message where the model accepts neither', async () => {
		const model = 'sandbox/no-system';
		const { body, error } = await bodyFor([SYSTEM, HELLO], { model });
		expect(error).toBeUndefined();
		expect(body?.messages).toEqual([{ role: 'user', content: 'Be brief.\n\nHello' }]);
	});
});

describe('files', () => {
	/** As n8n's agents and chains send an image. */
	const image = (url: unknown) => [
		{
			role: 'user',
			content: [
				{ type: 'text', text: 'What is this?' },
				{ type: 'image_url', image_url: url },
			],
		},
	];
	const pdf = [
		{
			role: 'user',
			content: [
				{
					type: 'file',
					source_type: 'base64',
					mime_type: 'application/pdf',
					data: 'JVBERg==',
					metadata: { filename: 'report.pdf' },
				},
			],
		},
	];
	const inline = `data:image/png;base64,${PNG}`;

	test.each([
		['inline', { url: inline }, { url: inline }],
		['as a bare address', 'https://example.com/a.png', { url: 'https://example.com/a.png' }],
		['with a detail', { url: inline, detail: 'low' }, { url: inline, detail: 'low' }],
	])('an image is sent %s', async (_, given, sent) => {
		const { body, error } = await bodyFor(image(given));
		expect(error).toBeUndefined();
		expect(body?.messages).toEqual([
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'What is this?' },
					{ type: 'image_url', image_url: sent },
				],
			},
		]);
	});

	test('an image is sent to an Anthropic model as its image part', async () => {
		const { body } = await bodyFor(image({ url: inline }), { model: 'anthropic/claude-opus-4-5' });
		expect(body?.messages).toMatchObject([
			{ content: [{}, { type: 'image', source: { media_type: 'image/png', data: PNG } }] },
		]);
	});

	test("a PDF is sent as n8n's agents pass it", async () => {
		const { body, error } = await bodyFor(pdf);
		expect(error).toBeUndefined();
		expect(body?.messages).toMatchObject([
			{
				content: [
					{
						type: 'file',
						file: {
							filename: 'report.pdf',
							file_data: 'data:application/pdf;base64,JVBERg==',
						},
					},
				],
			},
		]);
	});

	test.each<[string, object, object]>([
		[
			"a recording in OpenAI's form",
			{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
			{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
		],
		[
			"a PDF in OpenAI's form",
			{
				type: 'file',
				file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' },
			},
			{
				type: 'file',
				file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' },
			},
		],
		[
			"an image in Anthropic's form",
			{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
			{ type: 'image_url', image_url: { url: inline } },
		],
		[
			'an image whose data URL has a parameter',
			{ type: 'image_url', image_url: { url: `data:image/png;name=a.png;base64,${PNG}` } },
			{ type: 'image_url', image_url: { url: inline } },
		],
	])('%s is sent in the form that models take', async (_, part, expected) => {
		const model = 'somebody/unknown';
		const { body } = await bodyFor([{ role: 'user', content: [part] }], { model });
		expect(body?.messages).toEqual([{ role: 'user', content: [expected] }]);
	});

	test('files that the model does not take are refused before anything is sent', async () => {
		const { error } = await bodyFor(pdf, { model: 'gemini-1.5-flash' });
		expect(error?.message).toContain("gemini-1.5-flash doesn't support PDF (report.pdf");
		expect(chatCalls(sandbox)).toHaveLength(0);
	});
});

describe('what goes along', () => {
	test('model parameters, the extra body and the response format are sent', async () => {
		const { body } = await bodyFor([HELLO], {
			modelParameters: { max_completion_tokens: 50, temperature: 0.5, seed: '' },
			fields: { responseFormat: 'json_object', extraBody: '{"metadata":{"team":"blue"}}' },
		});
		expect(body).toEqual({
			model: 'openai/gpt-4o-mini',
			messages: [HELLO],
			response_format: { type: 'json_object' },
			max_completion_tokens: 50,
			temperature: 0.5,
			metadata: { team: 'blue' },
		});
	});

	test('a JSON Schema is sent where the model accepts it', async () => {
		const { body } = await bodyFor([HELLO], {
			fields: { responseFormat: 'json_schema', jsonSchemaExample: '{"mood":"good"}' },
		});
		expect(body?.response_format).toMatchObject({
			type: 'json_schema',
			json_schema: { strict: true, schema: { required: ['mood'] } },
		});
	});

	test("a chain's stop sequences are sent under the model's name for them", async () => {
		const stop = ['Observation:'];
		expect((await bodyFor([HELLO], {}, { stop })).body).toMatchObject({ stop });
		sandbox.requestLog.clear();
		const run = { model: 'anthropic/claude-opus-4-5' };
		expect((await bodyFor([HELLO], run, { stop })).body).toMatchObject({ stop_sequences: stop });
	});

	test("a parameter that the model doesn't have is named before anything is sent", async () => {
		const { error } = await bodyFor([HELLO], {
			model: 'openai/o4-mini-2025-04-16',
			modelParameters: { temperature: 1 },
		});
		expect(error?.message).toContain("has no parameter 'Temperature'");
		expect(chatCalls(sandbox)).toHaveLength(0);
	});
});

test.each([
	['', 0],
	['four', 1],
	['日本語の文章', 5],
	[[{ type: 'text', text: 'four' }, { type: 'image_url' }], 1],
])('chains that count tokens get an estimate: %j', async (content, tokens) => {
	const { answers } = await runChatModel(
		sandbox,
		{},
		async (model) => await model.getNumTokens(content),
	);
	expect(answers).toEqual([tokens]);
});
