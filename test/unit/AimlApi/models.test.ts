import type { INodeParameters } from 'n8n-workflow';
import { listFilterValues, listPickerEntries } from '../../engine/editor';
import { runOperation, type Api, type OperationRun } from '../../engine/operationRun';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox();
const legacy = useSandbox({ catalog: 'legacy' });

const get = async (model: string, run: Partial<OperationRun> = {}) =>
	await runOperation(sandbox, { resource: 'model', operation: 'get', model, ...run });
const getMany = async (
	fields: INodeParameters = {},
	{ api = sandbox, ...run }: Partial<OperationRun> & { api?: Api } = {},
) =>
	await runOperation(api, {
		resource: 'model',
		operation: 'getAll',
		...run,
		fields: { returnAll: true, ...fields },
	});
const found = async (filters: INodeParameters, api: Api = sandbox) =>
	(await getMany({ filters }, { api })).items.map(({ json }) => json.id);

const mini = {
	id: 'openai/gpt-4o-mini',
	name: 'GPT-4o mini',
	developer: 'OpenAI',
	type: 'openai/chat-completions',
	contextLength: 128000,
	outputMax: 16384,
	price: '$0.15 in, $0.60 out',
	prices: [
		{ unit: 'input_token', usdPerUnit: 0.00000015 },
		{ unit: 'output_token', usdPerUnit: 0.0000006 },
	],
};

describe('one model', () => {
	test('a model has its capabilities and prices, in words and as numbers', async () => {
		const { items, error } = await get('openai/gpt-4o-mini');
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					...mini,
					capabilities: expect.arrayContaining(['tools']),
					inputModalities: expect.arrayContaining(['text']),
					outputModalities: ['text'],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('a model has a price for each combination of parameters that it depends on', async () => {
		const { pricing } = sandbox.models.find(({ pricing: block }) => block?.kind === 'variants')!;
		const { id } = sandbox.models.find((model) => model.pricing === pricing)!;
		const { prices } = (await get(id)).items[0].json;
		const { variants } = pricing as { variants: Array<{ when: object; price: number }> };
		expect(prices).toMatchObject(variants.map(({ when }) => ({ when })));
	});

	test.each([
		['with a hash sign', '#g1_nova-2-general'],
		['with slashes', 'flux/dev/image-to-image'],
		['by another of its names', 'gpt-4o-mini'],
	])('a model is found %s', async (_, id) => {
		const { items, error } = await get(id);
		expect(error).toBeUndefined();
		const model = sandbox.models.find((known) => [known.id, ...known.aliases].includes(id));
		expect(items[0].json.id).toBe(model!.id);
	});

	test.each([
		['a colon', 'some/model:free', '/model/some/model:free'],
		['a question mark and a space', 'a?b c', '/model/a?b c'],
		['a percent sign', 'a%2Fb', '/model/a%2Fb'],
	])('a model is requested with %s in its ID', async (_, id, path) => {
		await get(id);
		expect(sandbox.requestLog.calls.map((call) => decodeURIComponent(call.path))).toContain(path);
	});

	test("a model is the API's body without 'Simplify'", async () => {
		const { items } = await get('openai/gpt-4o-mini', { fields: { options: { simplify: false } } });
		expect(items[0].json).toMatchObject({
			object: 'model',
			data: { id: 'openai/gpt-4o-mini', pricing: { kind: 'fixed' } },
		});
	});

	test('a model of the catalog before August 2026 has no prices', async () => {
		const { items } = await runOperation(legacy, {
			resource: 'model',
			operation: 'get',
			model: 'openai/gpt-4o-mini',
		});
		expect(items[0].json).toMatchObject({ type: 'chat-completion', price: '', prices: [] });
	});

	test("an unknown model is an error under each 'On Error' setting", async () => {
		const message = 'Model no/such not found';
		const description = expect.stringMatching(/Check the ID.*HTTP status: 404/);
		expect((await get('no/such')).error).toMatchObject({ message, description });

		const items = ['no/such', 'openai/gpt-4o'].map((id) => ({ json: { id } }));
		const onward = await get('={{ $json.id }}', {
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(onward.items).toMatchObject([
			{ json: { error: { message, httpStatus: 404, model: 'no/such' } }, pairedItem: { item: 0 } },
			{ json: { id: 'openai/gpt-4o' }, pairedItem: { item: 1 } },
		]);
		const parted = await get('={{ $json.id }}', {
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(parted.items).toMatchObject([{ json: { id: 'openai/gpt-4o' } }]);
		expect(parted.errorItems).toMatchObject([{ json: { id: 'no/such', error: { message } } }]);
	});

	test.each([
		['={{ $json.nope }}', "'Model' is empty"],
		['openai/../../v2/billing', "'Model' isn't a valid ID: openai/../../v2/billing"],
		['openai//gpt-4o', "'Model' isn't a valid ID: openai//gpt-4o"],
	])('the model ID "%s" is refused before it is requested', async (id, message) => {
		expect((await get(id)).error).toMatchObject({ message });
		expect(sandbox.requestLog.calls).toHaveLength(0);
	});

	test('an answer without a model is an error', async () => {
		sandbox.faults.set([{ when: { method: 'GET' }, do: { body: '{"object":"model"}' } }]);
		expect((await get('openai/gpt-4o')).error?.message).toBe('The answer has no model');
	});
});

describe('many models', () => {
	test('many models are one per item, up to 50 by default', async () => {
		const { items } = await getMany({ returnAll: false });
		expect(items).toHaveLength(50);
		expect(items.every(({ pairedItem }) => pairedItem)).toBe(true);
		expect((await getMany({ returnAll: false, limit: 3 })).items).toHaveLength(3);
		expect((await getMany()).items).toHaveLength(sandbox.models.length);
	});

	test('many models have the same fields as one', async () => {
		const { items } = await getMany({ filters: { search: 'openai/gpt-4o-mini' } });
		expect(items[0].json).toEqual((await get('openai/gpt-4o-mini')).items[0].json);
	});

	test("models are the API's entries without 'Simplify'", async () => {
		const { items } = await getMany({ simplify: false, filters: { search: 'gpt-4o-mini' } });
		expect(items[0].json).toMatchObject({ id: 'openai/gpt-4o-mini', info: { outputMax: 16384 } });
	});

	test.each<[string, INodeParameters, string[], string[]]>([
		['search', { search: 'OPENAI mini' }, ['openai/gpt-4o-mini'], ['openai/gpt-4o']],
		['developer', { developers: ['openai'] }, ['openai/gpt-4o'], ['perplexity/sonar']],
		[
			'any of several developers',
			{ developers: ['OpenAI', 'Perplexity'] },
			['openai/gpt-4o', 'perplexity/sonar'],
			['flux/schnell'],
		],
		[
			'type',
			{ types: ['openai/image-generations'] },
			['flux/schnell', 'triposr'],
			['openai/gpt-4o'],
		],
		['output', { outputModalities: ['video'] }, ['google/veo-3.1-t2v-fast'], ['flux/schnell']],
		[
			'all of several inputs',
			{ inputModalities: ['text', 'image', 'file'] },
			['anthropic/claude-opus-4-5'],
			['perplexity/sonar'],
		],
		[
			'all of several capabilities, by expression as text',
			{ capabilities: '={{ "tools, file_input" }}' },
			['anthropic/claude-opus-4-5'],
			['perplexity/sonar'],
		],
		[
			'several filters at once',
			{ developers: ['OpenAI'], search: 'mini' },
			['openai/gpt-4o-mini'],
			['openai/gpt-4o'],
		],
	])('models can be filtered by %s', async (_, filters, kept, dropped) => {
		const ids = await found(filters);
		expect(ids).toEqual(expect.arrayContaining(kept));
		for (const id of dropped) expect(ids).not.toContain(id);
	});

	test('models that fit no filter are left out', async () => {
		const { items, error } = await getMany({ filters: { search: 'nothing like it' } });
		expect([items, error]).toEqual([[], undefined]);
	});

	test('models of the catalog before August 2026 can be filtered, too', async () => {
		const ids = await found({ types: ['video'], developers: ['Google'] }, legacy);
		expect(ids).toContain('google/veo-3.1-t2v-fast');
		expect(ids).not.toContain('flux/schnell');
	});

	test('models are listed even with a wrong key, since the catalog is public', async () => {
		const credential = { apiKey: 'wrong', url: sandbox.url };
		expect((await getMany({}, { credential })).items).toHaveLength(sandbox.models.length);
	});

	test.each([0, -1, 1.5])(
		'the limit %d of models is refused before anything is requested',
		async (limit) => {
			const { error } = await getMany({ returnAll: false, limit });
			expect(error).toMatchObject({ message: "'Limit' must be a whole number of at least 1" });
			expect(sandbox.requestLog.calls).toHaveLength(0);
		},
	);

	test('an answer without a list of models is an error', async () => {
		sandbox.faults.set([{ when: { method: 'GET' }, do: { body: '{"object":"list"}' } }]);
		expect((await getMany()).error?.message).toBe('The answer has no list of models');
	});
});

describe('in the editor', () => {
	test('the filters offer the values of the catalog', async () => {
		const offered = await listFilterValues(sandbox);
		const valuesOf = (lookUp: string) => offered[lookUp].map(([value]) => value);
		const developers = valuesOf('getModelDevelopers');
		expect(developers).toEqual(expect.arrayContaining(['OpenAI', 'Perplexity']));
		expect(valuesOf('getModelInputs')).toEqual(expect.arrayContaining(['image', 'text']));
		expect(valuesOf('getModelOutputs')).toEqual(expect.arrayContaining(['text', 'video']));
		expect(valuesOf('getModelCapabilities')).toContain('tools');
		expect(developers).toEqual([...developers].sort());
		const asked = sandbox.requestLog.calls.map(({ path }) => path);
		expect(asked).toEqual(['/v1/models']);
	});

	test('the types of models have names, and are sent as the catalog writes them', async () => {
		const { getModelTypes } = await listFilterValues(sandbox);
		expect(getModelTypes).toContainEqual(['openai/chat-completions', 'Chat']);
		expect(getModelTypes.map(([, name]) => name)).toEqual([
			...['Chat', 'Chat (Responses API)', 'Document', 'Embedding', 'Image', 'Image Editing'],
			...['Music', 'Speech', 'Transcription', 'Video'],
		]);
	});

	test('the picker lists every model once', async () => {
		const entries = await listPickerEntries(sandbox, { resource: 'model', operation: 'get' });
		const ids = new Set(sandbox.models.map(({ id }) => id));
		expect(entries.map(({ value }) => value).sort()).toEqual([...ids].sort());
	});
});
