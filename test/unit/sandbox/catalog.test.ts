import { useSandbox } from '../../support/useSandbox';
import { call, chat, openSandbox, read } from './client';
import { post } from './media';

const idsOf = (body: { data: Array<{ id: string }> }) => body.data.map(({ id }) => id);

describe('the current model list', () => {
	const sandbox = useSandbox();
	const list = async (query = '') => (await read(sandbox, `/v1/models${query}`)).body;
	const entry = async (id: string, query = '') =>
		(await list(`?id=${encodeURIComponent(id)}${query}`)).data[0];

	test('the current model list is an envelope whose entries have no optional sections', async () => {
		const body = await list();
		expect(body.object).toBe('list');
		expect(Object.keys(body.data[0]).sort()).toEqual(['aliases', 'id', 'info', 'tags', 'type']);
	});

	test('the current model list is the same under all three paths', async () => {
		const [a, b, c] = await Promise.all(
			['/v1/models', '/models', '/api/v1/models'].map(async (path) => await read(sandbox, path)),
		);
		expect(b.text).toBe(a.text);
		expect(c.text).toBe(a.text);
	});

	test('the current model list links each schema on the public host', async () => {
		expect((await entry('openai/gpt-4o')).info.docsJson).toBe(
			'https://api.aimlapi.com/docs-json?model=openai%2Fgpt-4o&endpoint=openai%2Fchat-completions',
		);
	});

	test('the current model list adds requested sections and ignores unknown ones', async () => {
		const model = await entry('openai/gpt-4o-mini', '&include=pricing,nonsense');
		expect(model.pricing).toEqual({
			kind: 'fixed',
			units: [
				{ unit: 'input_token', price: 0.15, per: 1_000_000 },
				{ unit: 'output_token', price: 0.6, per: 1_000_000 },
			],
		});
		expect(model).not.toHaveProperty('modalities');
	});

	test.each(['&include=all', '&details=true'])(
		'the current model list adds all sections for %s',
		async (query) => {
			expect(await entry('gpt-4o', query)).toMatchObject({
				pricing: { kind: 'fixed' },
				modalities: { input: ['text', 'image', 'file'], output: ['text'] },
				capabilities: expect.arrayContaining(['vision', 'tools']),
			});
		},
	);

	test('the current model list has a price per value of the parameter that it depends on', async () => {
		const { pricing } = await entry('perplexity/sonar', '&include=pricing');
		expect(pricing.kind).toBe('variants');
		expect(pricing.dimensions).toEqual(['search_mode']);
	});

	test('the current model list finds a model by its alias, whatever the case', async () => {
		expect(idsOf(await list('?id=GPT-4o'))).toEqual(['openai/gpt-4o']);
	});

	test('the current model list has the models that match any value of each filter', async () => {
		const either = idsOf(await list('?id=gpt-4o,perplexity/sonar'));
		expect(either).toEqual(['openai/gpt-4o', 'perplexity/sonar']);
		const repeated = idsOf(await list('?id=gpt-4o&id=perplexity/sonar'));
		expect(repeated).toEqual(either);
		const both = idsOf(await list('?id=gpt-4o,perplexity/sonar&capabilities=tools'));
		expect(both).toEqual(['openai/gpt-4o']);
	});

	test.each([
		['type=openai/chat-completions', 'openai/gpt-4o', true],
		['type=openai/image-generations', 'openai/gpt-4o', false],
		['tags=tier:tier_2', 'anthropic/claude-opus-4-5', true],
		['tags=tier:tier_2', 'openai/gpt-4o', false],
		['modalities=video', 'google/gemini-2.5-flash', true],
		['input_modalities=video', 'google/gemini-2.5-flash', true],
		['output_modalities=video', 'google/gemini-2.5-flash', false],
	])('the current model list with %s, %s is listed: %s', async (query, id, listed) => {
		expect(idsOf(await list(`?${query}`)).includes(id)).toBe(listed);
	});

	test('the current model list answers 304 while nothing has changed', async () => {
		const first = await read(sandbox, '/v1/models');
		const etag = String(first.headers.get('etag'));
		const again = await read(sandbox, '/v1/models', { headers: { 'if-none-match': etag } });
		expect(again.status).toBe(304);
		expect(again.text).toBe('');
		const other = await read(sandbox, '/v1/models?include=all', {
			headers: { 'if-none-match': etag },
		});
		expect(other.status).toBe(200);
	});

	test('a single model is found by its ID, which has a slash, and by its alias', async () => {
		for (const id of ['openai/gpt-4o', 'gpt-4o']) {
			const { body } = await read(sandbox, `/model/${id}`);
			expect(body).toMatchObject({ object: 'model', data: { id: 'openai/gpt-4o' } });
			expect(body.data).not.toHaveProperty('pricing');
		}
		const { body } = await read(sandbox, '/model/openai/gpt-4o?include=pricing');
		expect(body.data).toHaveProperty('pricing');
	});

	test('a single model that does not exist is answered with 404', async () => {
		const { status, body } = await read(sandbox, '/model/openai/none');
		expect(status).toBe(404);
		expect(body).toMatchObject({ path: '/model/openai/none', statusCode: 404 });
	});
});

describe('the model list before August 2026', () => {
	test('the model list before August 2026 is a bare array with features, endpoints and the old names in info', async () => {
		const sandbox = await openSandbox({ catalog: 'legacy' });
		const { body } = await read(sandbox, '/models');

		expect(Array.isArray(body)).toBe(true);
		const mini = body.find(({ id }: { id: string }) => id === 'openai/gpt-4o-mini');
		expect(mini).toMatchObject({
			type: 'chat-completion',
			endpoints: ['/v1/chat/completions'],
			info: { maxTokens: 16384, docs_url: expect.stringContaining('https://docs.aimlapi.com') },
		});
		expect(mini.features).toEqual(
			expect.arrayContaining([
				'openai/chat-completion',
				'openai/chat-completion.function',
				'openai/chat-completion.response-format',
			]),
		);
		expect(mini).not.toHaveProperty('aliases');
		expect(mini.info).not.toHaveProperty('docsJson');
	});
});

test('models with deviating answers can be left out of the list, and answer all the same', async () => {
	const sandbox = await openSandbox({ listVariants: false });
	const ids = idsOf((await read(sandbox, '/v1/models')).body);
	expect(ids).toContain('openai/gpt-4o-mini');
	expect(ids.filter((id) => id.startsWith('sandbox/'))).toEqual([]);
	const { status } = await call(sandbox, chat('Hello', { model: 'sandbox/think-tags' }));
	expect(status).toBe(200);
});

test('the metrics have the endpoint that a transcription was started at, not that of its polls', async () => {
	const sandbox = await openSandbox();
	const recording = { model: 'aai/universal', url: 'https://example.com/talk.mp3' };
	const { body } = await post(sandbox, '/v1/stt/create', recording);
	await read(sandbox, `/v1/stt/${body.generation_id}`);
	const { models } = (await read(sandbox, '/models/metrics')).body;
	expect(models).toMatchObject([{ alias: 'aai/universal', endpoint: '/v1/stt/create' }]);
});
