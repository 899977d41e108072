import fc from 'fast-check';
import { describeModel } from '../../../../nodes/shared/models/pricing';
import { searchModels } from '../../../../nodes/shared/models/filters';
import { parseCatalog } from '../../../../nodes/shared/models/model';

const current = {
	id: 'openai/gpt-4o',
	type: 'openai/chat-completions',
	aliases: ['gpt-4o', 'gpt-4o-2024-08-06'],
	tags: ['playground:chat'],
	capabilities: ['tools', 'vision'],
	modalities: { input: ['text', 'image'], output: ['text'] },
	pricing: { kind: 'variable' },
	info: {
		name: 'GPT-4o',
		developer: 'OpenAI',
		description: 'Omni',
		contextLength: 128000,
		outputMax: 16384,
		url: '',
		docsUrl: 'https://docs.aimlapi.com/gpt-4o',
		docsJson: 'https://api.aimlapi.com/docs-json?model=openai%2Fgpt-4o',
	},
};

const legacy = {
	id: 'gpt-4o',
	type: 'chat-completion',
	info: { name: 'GPT-4o', developer: 'OpenAI', contextLength: 128000, maxTokens: 16384 },
	features: ['openai/chat-completion.stream'],
	endpoints: ['/v1/chat/completions', '/v1/responses'],
};

test('a model of the current catalog is read', () => {
	expect(parseCatalog({ object: 'list', data: [current] })).toEqual([
		{
			id: 'openai/gpt-4o',
			aliases: ['gpt-4o', 'gpt-4o-2024-08-06'],
			name: 'GPT-4o',
			developer: 'OpenAI',
			description: 'Omni',
			type: 'openai/chat-completions',
			endpoints: [],
			capabilities: ['tools', 'vision'],
			inputModalities: ['text', 'image'],
			outputModalities: ['text'],
			tags: ['playground:chat'],
			contextLength: 128000,
			outputMax: 16384,
			pricing: { kind: 'variable' },
			schemaUrl: 'https://api.aimlapi.com/docs-json?model=openai%2Fgpt-4o',
		},
	]);
});

test('a model of the catalog before August 2026 is read', () => {
	expect(parseCatalog([legacy])).toMatchObject([
		{
			id: 'gpt-4o',
			aliases: [],
			type: 'chat-completion',
			endpoints: ['/v1/chat/completions', '/v1/responses'],
			capabilities: ['openai/chat-completion.stream'],
			inputModalities: [],
			outputModalities: [],
			outputMax: 16384,
			schemaUrl: undefined,
		},
	]);
});

test('a model without a name goes by its id', () => {
	expect(parseCatalog([{ id: 'a/b', info: { name: '' } }])).toMatchObject([{ name: 'a/b' }]);
});

test('lengths that are zero or not numbers are unknown', () => {
	const [model] = parseCatalog([{ id: 'a', info: { contextLength: 0, outputMax: '4096' } }]) ?? [];
	expect([model.contextLength, model.outputMax]).toEqual([undefined, undefined]);
});

test('entries without an id are left out', () => {
	const data = [{ type: 'image' }, { id: '' }, { id: 7 }, null, 'gpt-4o', { id: 'kept' }];
	expect(parseCatalog({ data })?.map(({ id }) => id)).toEqual(['kept']);
});

test.each([[null], ['<html>'], [{ error: 'no' }], [{ data: { id: 'a' } }], [undefined]])(
	'%j is no catalog',
	(body) => {
		expect(parseCatalog(body)).toBeUndefined();
	},
);

test('any entry of the API gives a model that can be searched and described', () => {
	const junk = fc.anything({ maxDepth: 3 });
	const partly = <T>(fields: Record<string, fc.Arbitrary<T>>) =>
		fc.oneof(junk, fc.record(fields, { requiredKeys: [] }));
	const pricing = partly<unknown>({
		kind: fc.constantFrom('fixed', 'variants'),
		units: fc.array(
			partly({
				price: fc.oneof(fc.double(), junk),
				unit: junk,
				per: fc.oneof(fc.double(), fc.string(), fc.constant(null)),
			}),
		),
		variants: fc.array(
			partly({
				price: fc.double(),
				unit: junk,
				per: fc.oneof(fc.double(), fc.string(), fc.constant(null)),
			}),
		),
	});
	const entry = partly<unknown>({
		id: fc.string(),
		type: junk,
		aliases: junk,
		endpoints: fc.array(junk),
		info: partly<unknown>({ name: junk, contextLength: junk, docsJson: junk }),
		pricing,
	});
	fc.assert(
		fc.property(fc.oneof(junk, fc.array(entry), fc.record({ data: fc.array(entry) })), (body) => {
			const models = parseCatalog(body) ?? [];
			models.forEach((model) => expect(typeof describeModel(model)).toBe('string'));
			expect(searchModels(models, '')).toEqual(models);
		}),
		{ numRuns: 300 },
	);
});
