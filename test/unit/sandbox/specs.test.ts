/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { call, chat, read } from './client';

const documentOf = (path: string, schema: object) => ({
	openapi: '3.0.0',
	paths: { [path]: { post: { requestBody: { content: { 'application/json': { schema } } } } } },
});

const objectOf = (properties: object, required: string[]) => ({
	type: 'object',
	properties,
	required,
});
const messages = { type: 'array', items: { type: 'object' } };
const model = (...ids: string[]) => ({ type: 'string', enum: ids });

const files = {
	'chat.json': documentOf(
		'/v1/chat/completions',
		objectOf(
			{
				model: model('acme/one', 'acme/two'),
				messages,
				strength: { type: 'integer', minimum: 0, exclusiveMinimum: true, nullable: true },
			},
			['model', 'messages'],
		),
	),
	'mini.json': documentOf(
		'/v1/chat/completions',
		objectOf({ model: model('openai/gpt-4o-mini'), messages, novelty: { type: 'boolean' } }, [
			'model',
			'messages',
		]),
	),
	'video.json': documentOf(
		'/v2/video/generations',
		objectOf(
			{
				model: model('acme/movie'),
				prompt: { type: 'string' },
				image_url: { type: 'string' },
				resolution: { type: 'string', enum: ['720p', '1080p'] },
			},
			['model', 'prompt'],
		),
	),
	'reference.json': {
		...documentOf('/v2/video/generations', { $ref: '#/components/schemas/Request' }),
		components: {
			schemas: {
				Request: objectOf({ model: model('acme/sequel'), prompt: { type: 'string' } }, ['model']),
			},
		},
	},
	'index.json': [
		{ model: 'acme/one', endpoint: '/v1/chat/completions', file: 'chat.json' },
		{ model: 'acme/two', endpoint: '/v1/chat/completions', file: 'chat.json' },
		{ model: 'acme/one', endpoint: '/v1/responses', file: 'chat.json' },
		{ model: 'openai/gpt-4o-mini', endpoint: '/v1/chat/completions', file: 'mini.json' },
		{ model: 'acme/movie', endpoint: '/v2/video/generations', file: 'video.json' },
		{ model: 'acme/sequel', endpoint: '/v2/video/generations', file: 'reference.json' },
		{ model: 'Acme/Loud', endpoint: '/v1/chat/completions', file: 'chat.json' },
		{ model: 'acme/odd', endpoint: '/v9/unknown', file: 'chat.json' },
	],
};

let folder: string;
let sandbox: Sandbox;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'specs-'));
	for (const [name, content] of Object.entries(files)) {
		await writeFile(join(folder, name), JSON.stringify(content));
	}
	sandbox = await startSandbox({ specs: folder });
});
afterAll(async () => {
	await sandbox.close();
	await rm(folder, { recursive: true });
});

test('the sandbox serves every documented chat model beside the built-in ones', async () => {
	for (const id of ['acme/one', 'acme/two', 'openai/gpt-4o']) {
		expect((await call(sandbox, chat('Hello', { model: id }))).status).toBe(200);
	}
});

test("the sandbox checks bodies against the document, boolean bounds and 'nullable' included", async () => {
	const statusFor = async (strength: unknown) =>
		(await call(sandbox, chat('Hello', { model: 'acme/one', strength }))).status;
	expect(await statusFor(1)).toBe(200);
	expect(await statusFor(null)).toBe(200);
	expect(await statusFor(0)).toBe(400);
	expect(await statusFor('1')).toBe(400);
});

test('the sandbox refuses unknown properties although the document does not forbid them', async () => {
	const { body } = await call(sandbox, chat('Hello', { model: 'acme/one', foo: 1 }));
	expect(body.errors).toEqual([{ path: 'foo', message: 'Unrecognized key at foo' }]);
});

test("a document's schema replaces that of a built-in model, and nothing else of it", async () => {
	const answer = await call(sandbox, chat('Hello', { novelty: true }));
	expect(answer.status).toBe(200);
	expect(answer.body.meta.usage.credits_used).toBe(11);
	expect((await call(sandbox, chat('Hello', { temperature: 1 }))).status).toBe(400);
});

test('the sandbox runs documented models at their own endpoints', async () => {
	const request = { model: 'acme/movie', prompt: 'A cat', resolution: '1080p' };
	const { status, body } = await call(sandbox, request, { path: '/v2/video/generations' });
	expect(status).toBe(200);
	expect(body.id).toMatch(/:acme\/movie$/);
});

test('the sandbox publishes the document as it is', async () => {
	const { body } = await read(
		sandbox,
		'/docs-json?model=acme/movie&endpoint=internal/video-generations/submit',
	);
	expect(body).toEqual(files['video.json']);
});

test('the sandbox lists a model behind two endpoints twice, and none behind unknown endpoints', async () => {
	const { body } = await read(sandbox, '/v1/models?id=acme/one,acme/odd');
	expect(body.data.map(({ type }: { type: string }) => type)).toEqual([
		'openai/chat-completions',
		'openai/responses',
	]);
});

test('the sandbox finds a model whatever the case of its id', async () => {
	const { body } = await read(sandbox, '/v1/models?id=acme/LOUD');
	expect(body.data).toMatchObject([{ id: 'Acme/Loud' }]);
});

test('the sandbox derives capabilities and the dimensions of the price from the schema', async () => {
	const { body } = await read(sandbox, '/v1/models?id=acme/movie&include=all');
	expect(body.data[0]).toMatchObject({
		type: 'internal/video-generations/submit',
		tags: ['playground:video'],
		modalities: { input: ['text', 'image'], output: ['video'] },
		capabilities: ['text_to_video', 'image_to_video'],
		pricing: {
			kind: 'variants',
			dimensions: ['resolution'],
			variants: [
				{ when: { resolution: '720p' }, unit: 'second', per: 1 },
				{ when: { resolution: '1080p' }, unit: 'second', per: 1 },
			],
		},
	});
});

test('the sandbox derives capabilities from a schema behind a reference, too', async () => {
	const { body } = await read(sandbox, '/v1/models?id=acme/sequel&include=capabilities');
	expect(body.data).toMatchObject([{ capabilities: ['text_to_video'] }]);
});

test('the sandbox throws for a folder that does not exist', async () => {
	await expect(startSandbox({ specs: join(folder, 'none') })).rejects.toThrow('ENOENT');
});
