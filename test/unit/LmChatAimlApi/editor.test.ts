import { LmChatAimlApi } from '../../../nodes/LmChatAimlApi/LmChatAimlApi.node';
import { startSandbox } from '../../../sandbox';
import { listParameterFields, listPickerEntries } from '../../engine/editor';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox();

const node = new LmChatAimlApi();
const withModel = (value: string) => ({ model: { __rl: true, mode: 'list', value } });
const idsOf = async (model: string) =>
	(await listParameterFields(sandbox, withModel(model), node)).map(({ id }) => id);

test('the picker lists chat models only, with price and context length', async () => {
	const entries = await listPickerEntries(sandbox, {}, '', node);
	expect(entries).toContainEqual({
		name: 'openai/gpt-4o-mini · $0.15/$0.60 · 128K',
		value: 'openai/gpt-4o-mini',
		description: 'GPT-4o mini by OpenAI',
	});
	expect(entries.map(({ value }) => value)).not.toContain('text-embedding-3-small');
});

test.each(['current', 'legacy'] as const)(
	'the picker marks models without tools, with the %s catalog format',
	async (catalog) => {
		const api = await startSandbox({ catalog });
		const entries = await listPickerEntries(api, {}, '', node);
		await api.close();
		const nameOf = (id: string) => String(entries.find(({ value }) => value === id)?.name);
		expect(nameOf('perplexity/sonar')).toMatch(/ · no tools$/);
		expect(nameOf('openai/gpt-4o-mini')).not.toContain('tools');
	},
);

test("'Model Parameters' offers the model's own, without those that the agent or chain sets", async () => {
	const ids = await idsOf('openai/o4-mini-2025-04-16');
	expect(ids).toEqual(['max_tokens', 'max_completion_tokens', 'seed', 'reasoning_effort']);
	expect(await idsOf('anthropic/claude-opus-4-5')).toEqual([
		'max_tokens',
		'stop_sequences',
		'temperature',
		'top_p',
		'top_k',
		'metadata',
		'thinking',
	]);
});

test("'Model Parameters' of an unknown model offers the common ones", async () => {
	const ids = await idsOf('somebody/new');
	expect(ids).toContain('reasoning_effort');
	expect(ids).not.toContain('tools');
});

test("'Model Parameters' is loaded again only when the model changes", () => {
	const mapper = node.description.properties.find(({ name }) => name === 'modelParameters');
	expect(mapper?.typeOptions?.loadOptionsDependsOn).toEqual(['model.value']);
});
