import { EmbeddingsAimlApi } from '../../../nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
import { useSandbox } from '../../support/useSandbox';
import { listParameterFields, listPickerEntries } from '../../engine/editor';

const sandbox = useSandbox();

const node = new EmbeddingsAimlApi();
const withModel = (value: string) => ({ model: { __rl: true, mode: 'list', value } });

test('the picker lists embedding models only, with their prices', async () => {
	const entries = await listPickerEntries(sandbox, {}, '', node);
	expect(entries).toContainEqual({
		name: expect.stringContaining('text-embedding-3-small · $0.02 per 1M input tokens'),
		value: 'text-embedding-3-small',
		description: expect.stringContaining('OpenAI'),
	});
	expect(entries.map(({ value }) => value)).not.toContain('openai/gpt-4o-mini');
});

test("'Model Parameters' offers the model's own, without the texts", async () => {
	const fields = await listParameterFields(sandbox, withModel('text-embedding-3-small'), node);
	expect(fields.map(({ id }) => id)).toEqual(['encoding_format', 'dimensions']);
});

test("'Model Parameters' of an unknown model offers the common ones", async () => {
	const fields = await listParameterFields(sandbox, withModel('somebody/new'), node);
	expect(fields.map(({ id }) => id)).toEqual([
		'dimensions',
		'encoding_format',
		'input_type',
		'task_type',
	]);
});
