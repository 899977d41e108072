import { useSandbox } from '../../support/useSandbox';
import { read } from './client';

const sandbox = useSandbox();

const docsOf = async (model: string, endpoint = 'openai/chat-completions') =>
	await read(
		sandbox,
		`/docs-json?model=${encodeURIComponent(model)}&endpoint=${encodeURIComponent(endpoint)}`,
		{ key: null },
	);

const schemaIn = (body: Record<string, never>) =>
	body.paths['/v1/chat/completions']['post']['requestBody']['content']['application/json'][
		'schema'
	] as { properties: Record<string, unknown>; $ref?: string };

test('the schema endpoint answers an OpenAPI document of the request, without a key', async () => {
	const { status, body } = await docsOf('google/gemini-2.5-flash');
	expect(status).toBe(200);
	expect(body.openapi).toBe('3.0.0');
	expect(schemaIn(body).properties.temperature).toMatchObject({ minimum: 0, maximum: 2 });
});

test('the schema endpoint lists exactly twelve parameters for gemini-1.5-flash', async () => {
	const { body } = await docsOf('gemini-1.5-flash');
	expect(Object.keys(schemaIn(body).properties).sort()).toEqual(
		[
			'model',
			'messages',
			'frequency_penalty',
			'presence_penalty',
			'logit_bias',
			'max_tokens',
			'stream',
			'top_p',
			'temperature',
			'stop',
			'tools',
			'tool_choice',
		].sort(),
	);
});

test('the schema endpoint has a document made of references, one of them to itself', async () => {
	const { body } = await docsOf('openai/gpt-4o');
	expect(schemaIn(body).$ref).toBe('#/components/schemas/ChatCompletionRequest');
	const { JsonSchema } = body.components.schemas;
	expect(JsonSchema.properties.items).toEqual({ $ref: '#/components/schemas/JsonSchema' });
});

test('the schema endpoint takes an alias', async () => {
	expect((await docsOf('gpt-4o')).status).toBe(200);
});

test.each([
	['an unknown model', 'openai/none', 'openai/chat-completions'],
	['an unknown endpoint', 'openai/gpt-4o', 'openai/none'],
	['a model that is not behind that endpoint', 'openai/gpt-4o', 'openai/image-generations'],
])('the schema endpoint answers 404 in the error shape for %s', async (_, model, endpoint) => {
	const { status, body } = await docsOf(model, endpoint);
	expect(status).toBe(404);
	expect(body).toMatchObject({ path: '/docs-json', statusCode: 404 });
});
