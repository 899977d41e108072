import {
	toChatRequest,
	type ChatFields,
} from '../../../../../nodes/AimlApi/resources/chat/request';
import type { JsonSchema, ObjectSchema } from '../../../../../nodes/shared/schema/jsonSchema';

const hello = { role: 'user', content: 'Hello' };
const system = (content: string) => ({ role: 'system', content });

const messagesOf = (...roles: string[]): JsonSchema => ({
	type: 'array',
	items: { oneOf: roles.map((role) => ({ properties: { role: { enum: [role] } } })) },
});
const model = (properties: Record<string, JsonSchema>, required: string[] = []): ObjectSchema => ({
	properties: { model: {}, messages: messagesOf('system', 'user', 'assistant'), ...properties },
	required: ['model', 'messages', ...required],
});
/** A model in the form of Anthropic: the system prompt is a property, not a message. */
const withSystemProperty = model({
	messages: messagesOf('user', 'assistant'),
	system: { type: 'string' },
});

async function write(fields: Partial<ChatFields>, schema?: ObjectSchema) {
	const loadSchema = jest.fn(async () => schema);
	const defaults: ChatFields = {
		messages: { values: [hello] },
		attachments: [],
		responseFormat: 'text',
		modelParameters: null,
		extraBody: {},
	};
	const context = { model: 'vendor/model', requestSchema: loadSchema };
	const request = await toChatRequest(context, { ...defaults, ...fields });
	return { ...request, timesLoaded: loadSchema.mock.calls.length };
}
const bodyOf = async (...query: Parameters<typeof write>) => (await write(...query)).body;
const errorOf = async (...query: Parameters<typeof write>) =>
	await write(...query).then(
		() => undefined,
		(error: Error) => error,
	);

describe('what is sent', () => {
	test('the body is model and messages when the user set nothing else', async () => {
		const body = await bodyOf({});
		expect(JSON.stringify(body)).toBe(
			'{"model":"vendor/model","messages":[{"role":"user","content":"Hello"}]}',
		);
	});

	test('the body has what the user set, and no default of the schema', async () => {
		const schema = model({
			temperature: { type: 'number', default: 1 },
			seed: { type: 'integer', default: 5 },
			top_p: { type: 'number' },
		});
		expect(
			await bodyOf({ modelParameters: { temperature: '0.2', seed: null, top_p: '' } }, schema),
		).toEqual({
			model: 'vendor/model',
			messages: [hello],
			temperature: 0.2,
		});
	});

	test("'Extra Body' overrides everything else in the body", async () => {
		const fields = {
			modelParameters: { temperature: 1 },
			extraBody: { temperature: 9, model: 'other', provider: 'auto' },
		};
		expect(await bodyOf(fields, model({ temperature: { type: 'number', maximum: 2 } }))).toEqual({
			model: 'other',
			messages: [hello],
			temperature: 9,
			provider: 'auto',
		});
	});

	test('the body asks for JSON and has the schema that the answer must follow', async () => {
		const fields = {
			responseFormat: 'json_schema',
			schemaType: 'fromJson',
			jsonSchemaExample: '{"a":1}',
		};
		const { body, answerSchema } = await write(fields);
		expect(body.response_format).toMatchObject({ type: 'json_schema' });
		expect(answerSchema).toMatchObject({ required: ['a'] });
	});

	test('the body asks for any JSON object, and the answer must be one', async () => {
		expect((await write({ responseFormat: 'json_object' })).answerSchema).toEqual({
			type: 'object',
		});
	});

	test('the body asks for no JSON when text is wanted', async () => {
		expect(await write({})).not.toHaveProperty('answerSchema');
	});
});

describe('what the model documents', () => {
	test.each<[string, Partial<ChatFields>]>([
		['a plain question', {}],
		['an earlier answer', { messages: [hello, { role: 'assistant', content: 'Hi' }, hello] }],
		['an extra body', { extraBody: { seed: 1 } }],
		['parameters never touched', { modelParameters: {} }],
	])("the model's schema is not loaded for %s", async (_, fields) => {
		expect((await write(fields)).timesLoaded).toBe(0);
	});

	test.each<[string, Partial<ChatFields>]>([
		['parameters', { modelParameters: { temperature: 1 } }],
		['a system message', { messages: [system('S'), hello] }],
		['JSON', { responseFormat: 'json_object' }],
		['files', { attachments: [{ mimeType: 'image/png', fileName: 'a', base64: async () => '' }] }],
	])("the model's schema is loaded once for %s", async (_, fields) => {
		expect((await write(fields)).timesLoaded).toBe(1);
	});
});

describe('system messages', () => {
	const messages = [system('Be brief.'), hello, system('Be kind.')];

	test("system messages become the property 'system' where the model has only that", async () => {
		expect(await bodyOf({ messages }, withSystemProperty)).toEqual({
			model: 'vendor/model',
			messages: [hello],
			system: 'Be brief.\n\nBe kind.',
		});
	});

	test("system messages are refused beside a 'System' among the parameters", async () => {
		const fields = { messages, modelParameters: { system: 'Be rude.' } };
		expect(await errorOf(fields, withSystemProperty)).toMatchObject({
			name: 'InputError',
			message:
				"'System' is set in 'Model Parameters' and there is a message with the role 'System'",
		});
	});

	test('system messages are refused where the model has no place for them', async () => {
		const schema = model({ messages: messagesOf('user', 'assistant') });
		expect(await errorOf({ messages }, schema)).toMatchObject({
			name: 'InputError',
			message: "vendor/model doesn't support system messages",
		});
	});
});

describe('what the model requires', () => {
	const schema = model({ max_tokens: { type: 'integer' }, temperature: {} }, ['max_tokens']);

	test('a required parameter that is missing is named', async () => {
		expect(await errorOf({ modelParameters: { temperature: 1 } }, schema)).toMatchObject({
			name: 'InputError',
			message: "The model vendor/model needs 'Max Tokens'",
		});
	});

	test.each<[string, Partial<ChatFields>]>([
		["'Model Parameters'", { modelParameters: { max_tokens: 5 } }],
		["'Extra Body'", { modelParameters: { temperature: 1 }, extraBody: { max_tokens: 5 } }],
	])('a required parameter may come from %s', async (_, fields) => {
		expect(await bodyOf(fields, schema)).toMatchObject({ max_tokens: 5 });
	});
});
