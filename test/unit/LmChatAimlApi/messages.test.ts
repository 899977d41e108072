import { runChatModel, type ChatModelRun, type Conversation } from '../../engine/chatModelRun';
import { chatCalls } from '../../engine/chatRun';
import { bytes } from '../../engine/scriptedServer';
import { useSandbox } from '../../support/useSandbox';
import { useScriptedServer } from '../../support/useScriptedServer';

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
	test('the system prompt is sent as a message', async () => {
		const { body } = await bodyFor([SYSTEM, HELLO]);
		expect(body).toEqual({ model: 'openai/gpt-4o-mini', messages: [SYSTEM, HELLO] });
	});

	test('the system prompt is sent as the property `system` if the model requires it', async () => {
		const { body } = await bodyFor([SYSTEM, HELLO], { model: 'anthropic/claude-opus-4-5' });
		expect(body).toMatchObject({ system: 'Be brief.', messages: [HELLO] });
	});

	test('the system prompt is put before the first user message if the model accepts neither', async () => {
		const model = 'sandbox/no-system';
		const { body, error } = await bodyFor([SYSTEM, HELLO], { model });
		expect(error).toBeUndefined();
		expect(body?.messages).toEqual([{ role: 'user', content: 'Be brief.\n\nHello' }]);
	});
});

describe('files', () => {
	const files = useScriptedServer();

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

	test('an image at a signed URL is downloaded for a model that takes no URLs, with its own type', async () => {
		files.answer(bytes(Buffer.from(PNG, 'base64'), 'image/png'));
		const { body } = await bodyFor(image(`${files.url}/a.png?signature=x`), {
			model: 'anthropic/claude-opus-4-5',
		});
		expect(body?.messages).toMatchObject([
			{ content: [{}, { type: 'image', source: { media_type: 'image/png', data: PNG } }] },
		]);
	});

	test("a PDF in the form of n8n's agents is sent in the API's", async () => {
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
			'a PDF in the form of the Responses API, in which n8n sends it to fallback models, too,',
			{
				type: 'input_file',
				file_data: 'data:application/pdf;base64,JVBERg==',
				filename: 'a.pdf',
			},
			{
				type: 'file',
				file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' },
			},
		],
		[
			'an image in the form of the Responses API',
			{ type: 'input_image', image_url: inline, detail: 'low' },
			{ type: 'image_url', image_url: { url: inline, detail: 'low' } },
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
	])('%s is sent in the form that the model accepts', async (_, part, expected) => {
		const model = 'somebody/unknown';
		const { body } = await bodyFor([{ role: 'user', content: [part] }], { model });
		expect(body?.messages).toEqual([{ role: 'user', content: [expected] }]);
	});

	test.each([
		{ type: 'input_text', text: 'Hello' },
		{ type: 'text-plain', text: 'Hello' },
		{ type: 'file', source_type: 'text', mime_type: 'text/plain', text: 'Hello' },
	])('the text of a part with the type $type is sent', async (part) => {
		const { body } = await bodyFor([{ role: 'user', content: [part, 'Bye', { type: 'text' }] }]);
		expect(body?.messages).toEqual([{ role: 'user', content: 'Hello\nBye\n' }]);
	});

	test("a file that the model doesn't support is an error before anything is sent", async () => {
		const { error } = await bodyFor(pdf, { model: 'gemini-1.5-flash' });
		expect(error?.message).toContain("gemini-1.5-flash doesn't support PDF (report.pdf");
		expect(chatCalls(sandbox)).toHaveLength(0);
	});
});

describe('other properties', () => {
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

	test('a JSON Schema is sent as the response format', async () => {
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

	test("a parameter that the model doesn't have is an error before anything is sent", async () => {
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
])('a chain that counts the tokens of %j gets the estimate %i', async (content, tokens) => {
	const { answers } = await runChatModel(
		sandbox,
		{},
		async (model) => await model.getNumTokens(content),
	);
	expect(answers).toEqual([tokens]);
});
