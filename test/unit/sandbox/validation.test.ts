import { useSandbox } from '../../support/useSandbox';
import { call, chat } from './client';

const sandbox = useSandbox();

const gemini15 = (more: object) => chat('Hello', { model: 'gemini-1.5-flash', ...more });
const claude = (more: object) => chat('Hello', { model: 'anthropic/claude-opus-4-5', ...more });
const part = (content: object) => chat([{ type: 'text', text: 'See' }, content]);

describe('an invalid body', () => {
	test.each<[string, object, string, string]>([
		['an unknown property', chat('Hello', { foo: 1 }), 'foo', 'Unrecognized key at foo'],
		[
			'a number out of range',
			chat('Hello', { temperature: 9 }),
			'temperature',
			'Expected number <= 2 at temperature, received 9',
		],
		[
			'a value outside an enum',
			chat('Hello', { model: 'o4-mini', reasoning_effort: 'extreme' }),
			'reasoning_effort',
			"Expected 'low' | 'medium' | 'high' at reasoning_effort, received 'extreme'",
		],
		[
			'a value of another type',
			chat('Hello', { max_tokens: '10' }),
			'max_tokens',
			'Expected number at max_tokens, received string',
		],
		['a body without messages', { model: 'gpt-4o' }, 'messages', 'Required at messages'],
		['a body without model', { messages: [] }, 'model', 'Required at model'],
		[
			'a message without content',
			{ model: 'gpt-4o', messages: [{ role: 'user' }] },
			'messages[0].content',
			'Required at messages[0].content',
		],
		[
			'content that is neither text nor parts',
			chat(5),
			'messages[0].content',
			'Expected string | array at messages[0].content, received number',
		],
		[
			'a content part with an invalid detail, compared with parts of its kind only',
			part({ type: 'image_url', image_url: { url: 'no address' } }),
			'messages[0].content[1].image_url.url',
			'Invalid value at messages[0].content[1].image_url.url: must match format "uri"',
		],
		[
			'a value for a union that is nullable',
			chat('Hello', { model: 'gpt-4o', prediction: 5 }),
			'prediction',
			'Expected object at prediction, received number',
		],
		[
			'a value outside the enum of a union',
			chat('Hello', { tools: [], tool_choice: 'sometimes' }),
			'tool_choice',
			"Expected 'none' | 'auto' | 'required' at tool_choice, received 'sometimes'",
		],
		['seed 0', chat('Hello', { seed: 0 }), 'seed', 'Expected number >= 1 at seed, received 0'],
		[
			'a thirteenth parameter of gemini-1.5-flash',
			gemini15({ seed: 1 }),
			'seed',
			'Unrecognized key at seed',
		],
		[
			'top_p below 0.1 for gemini-1.5-flash',
			gemini15({ top_p: 0.05 }),
			'top_p',
			'Expected number >= 0.1 at top_p, received 0.05',
		],
		[
			'an unknown property of a message, for gemini-1.5-flash',
			gemini15({ messages: [{ role: 'user', content: 'Hello', mood: 'good' }] }),
			'messages[0].mood',
			'Unrecognized key at messages[0].mood',
		],
		[
			'temperature for a reasoning model',
			chat('Hello', { model: 'o4-mini', temperature: 1 }),
			'temperature',
			'Unrecognized key at temperature',
		],
		[
			'tools without a description for gemini-1.5-flash',
			gemini15({ tools: [{ type: 'function', function: { name: 'a', parameters: {} } }] }),
			'tools[0].function.description',
			'Required at tools[0].function.description',
		],
		[
			"OpenAI's tools for a model in Anthropic's form",
			claude({ tools: [{ type: 'function', function: { name: 'a', parameters: {} } }] }),
			'tools[0].name',
			'Required at tools[0].name',
		],
	])(
		'the sandbox refuses %s, names the field and charges nothing',
		async (_, request, path, message) => {
			const { status, body } = await call(sandbox, request);

			expect(status).toBe(400);
			expect(body.message.split('\n')[0]).toBe('Body validation error');
			expect(body.message).toContain(message);
			expect(body.errors).toContainEqual({ path, message });
			expect(body.statusCode).toBe(400);
			expect(sandbox.requestLog.usd).toBe(0);
		},
	);

	test('the sandbox refuses a role that the model does not know in a sentence of its own', async () => {
		const { status, body } = await call(
			sandbox,
			claude({ messages: [{ role: 'system', content: 'Be kind' }] }),
		);
		expect(status).toBe(400);
		expect(body.message).toBe(
			"Unsupported value: 'messages[0].role' does not support 'system' with this model.",
		);
	});

	test('the sandbox refuses a body that is not a JSON object', async () => {
		for (const body of ['{"model":', '"text"', 'null']) {
			const answer = await call(sandbox, body);
			expect(answer.status).toBe(400);
			expect(answer.body.message).toMatch(/^Body validation error/);
		}
	});

	test('the sandbox refuses a model that does not exist with 404', async () => {
		const { status, body } = await call(sandbox, chat('Hello', { model: 'openai/none' }));
		expect(status).toBe(404);
		expect(body.message).toContain('openai/none');
	});

	test('the sandbox names several problems at once, one per line', async () => {
		const { body } = await call(sandbox, chat('Hello', { temperature: 9, top_p: 2, foo: 1 }));
		expect(body.errors).toHaveLength(3);
		expect(body.message.split('\n')).toHaveLength(4);
	});
});

describe('a valid body', () => {
	test.each<[string, object]>([
		['null for what is nullable', chat('Hello', { frequency_penalty: null, stop: null, n: null })],
		['null for a nullable reference', chat('Hello', { model: 'gpt-4o', temperature: null })],
		['an alias of the model', chat('Hello', { model: 'gpt-4o-mini' })],
		['an image', part({ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } })],
		['a PDF file', part({ type: 'file', file: { filename: 'a.pdf', file_data: 'data:;base64,' } })],
		[
			'an image and a document with a source, for a model in the form of Anthropic',
			claude({
				system: 'Be kind',
				messages: [
					{
						role: 'user',
						content: [
							{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA' } },
							{
								type: 'document',
								source: { type: 'base64', media_type: 'application/pdf', data: 'AA' },
							},
						],
					},
				],
			}),
		],
		[
			'a deep JSON Schema, for which the document is recursive',
			chat('Hello', {
				model: 'gpt-4o',
				response_format: {
					type: 'json_schema',
					json_schema: {
						name: 'deep',
						schema: { type: 'object', properties: { a: { type: 'array', items: {} } } },
					},
				},
			}),
		],
		[
			'sound and video, for gemini-2.5-flash',
			{
				model: 'google/gemini-2.5-flash',
				messages: [
					{
						role: 'user',
						content: [
							{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
							{ type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } },
						],
					},
				],
			},
		],
	])('the sandbox accepts %s', async (_, request) => {
		const { status, text } = await call(sandbox, request);
		expect([status, text]).toEqual([200, expect.any(String)]);
	});
});
