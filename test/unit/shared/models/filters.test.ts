import {
	CHAT_COMPLETIONS,
	DOCUMENTS,
	IMAGE_EDITS,
	RESPONSES,
} from '../../../../nodes/shared/models/endpoints';
import { modelsOfEndpoint, searchModels } from '../../../../nodes/shared/models/filters';
import { parseCatalog } from '../../../../nodes/shared/models/model';

const read = (...entries: object[]) => parseCatalog(entries) ?? [];
const ids = (models: Array<{ id: string }>) => models.map(({ id }) => id);

describe('the models that the picker offers for chat', () => {
	test('chat models are recognized by the type of the current and the older catalog, or by their path', () => {
		const models = read(
			{ id: 'current', type: 'openai/chat-completions' },
			{ id: 'older', type: 'chat-completion' },
			{ id: 'by path', type: 'language', endpoints: ['/v1/chat/completions'] },
			{ id: 'picture', type: 'openai/image-generations' },
			{
				id: 'film',
				type: 'internal/video-generations/submit',
				endpoints: ['/v2/video/generations'],
			},
		);
		expect(ids(modelsOfEndpoint(models, CHAT_COMPLETIONS))).toEqual([
			'current',
			'older',
			'by path',
		]);
	});

	test('the picker offers all models when no type is known, rather than none', () => {
		const models = read({ id: 'a', type: 'renamed' }, { id: 'b', type: 'renamed too' });
		expect(ids(modelsOfEndpoint(models, CHAT_COMPLETIONS))).toEqual(['a', 'b']);
	});

	test('the picker lists each model once, even if the catalog has one for every endpoint', () => {
		const models = read(
			{ id: 'a', type: 'openai/chat-completions' },
			{ id: 'a', type: 'openai/responses' },
			{ id: 'a', type: 'openai/chat-completions' },
		);
		expect(ids(modelsOfEndpoint(models, CHAT_COMPLETIONS))).toEqual(['a']);
	});
});

describe('the models that the picker offers for an endpoint that the catalog does not name', () => {
	const chat = { id: 'chat', type: 'openai/chat-completions' };
	const image = { id: 'image', type: 'openai/image-generations' };

	test('the picker offers the models of a similar endpoint when none are listed for this one', () => {
		expect(ids(modelsOfEndpoint(read(chat, image), RESPONSES))).toEqual(['chat']);
		expect(ids(modelsOfEndpoint(read(chat, image), IMAGE_EDITS))).toEqual(['image']);
	});

	test('the picker offers all models when there is no similar endpoint either', () => {
		expect(ids(modelsOfEndpoint(read(chat, image), DOCUMENTS))).toEqual(['chat', 'image']);
		expect(ids(modelsOfEndpoint(read(chat), IMAGE_EDITS))).toEqual(['chat']);
	});
});

describe('a search for a model', () => {
	const models = read(
		{
			id: 'openai/gpt-4o',
			aliases: ['gpt-4o-2024'],
			info: { name: 'GPT-4o', developer: 'OpenAI' },
		},
		{ id: 'anthropic/claude-opus-4', info: { name: 'Claude 4 Opus', developer: 'Anthropic' } },
		{ id: 'google/gemini-2.5-flash', info: { name: 'Gemini 2.5 Flash', developer: 'Google' } },
	);

	test.each([
		['an id', 'google/gemini', ['google/gemini-2.5-flash']],
		['an alias', '2024', ['openai/gpt-4o']],
		['a name', 'claude 4 opus', ['anthropic/claude-opus-4']],
		['a developer in any case', 'OPENAI', ['openai/gpt-4o']],
		['words in any order and from different places', 'flash Google', ['google/gemini-2.5-flash']],
		['a word that several have', '4o', ['openai/gpt-4o']],
		['words that no single model has together', 'google opus', []],
		['blanks around a word', '  gemini ', ['google/gemini-2.5-flash']],
		['nothing', '', ids(models)],
	])('a model is found by %s', (_, search, found) => {
		expect(ids(searchModels(models, search))).toEqual(found);
	});

	test('no model is found by a word that begins in its name and ends in its developer', () => {
		expect(searchModels(models, 'gpt-4oopenai')).toEqual([]);
	});
});
