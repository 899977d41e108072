import { useSandbox } from '../../support/useSandbox';
import { clearCatalog } from '../../../nodes/shared/models/catalog';
import { listParameterFields, listPickerEntries } from '../../engine/editor';

const sandbox = useSandbox();

const chat = { resource: 'chat', operation: 'complete' };
const withModel = (value: string, mode = 'id') => ({ ...chat, model: { __rl: true, mode, value } });
const nobody = { url: 'http://127.0.0.1:9', apiKey: 'k' };
const ids = (entries: Array<{ value: string | number | boolean }>) =>
	entries.map(({ value }) => value);

describe('the model picker', () => {
	test('the model picker shows the models that fit the operation, with price and context', async () => {
		const entries = await listPickerEntries(sandbox, chat);
		expect(entries).toContainEqual({
			name: 'openai/gpt-4o-mini · $0.15/$0.60 · 128K',
			value: 'openai/gpt-4o-mini',
			description: expect.stringContaining('OpenAI'),
		});
		expect(ids(entries)).not.toContain('flux/schnell');
		const images = await listPickerEntries(sandbox, { resource: 'image', operation: 'generate' });
		expect(ids(images)).toContain('flux/schnell');
		expect(ids(images)).not.toContain('openai/gpt-4o-mini');
	});

	test('the model picker shows a context length only for models that read text', async () => {
		for (const [resource, operation] of [
			['image', 'generate'],
			['video', 'generate'],
			['audio', 'speak'],
		]) {
			const entries = await listPickerEntries(sandbox, { resource, operation });
			expect(entries.length).toBeGreaterThan(0);
			expect(entries.filter(({ name }) => /· [\d.]+[KM]\b/.test(name))).toEqual([]);
		}
	});

	test.each([
		['an ID', 'gpt-4o-mini', 'openai/gpt-4o-mini'],
		['an alias', 'o4-mini', 'openai/o4-mini-2025-04-16'],
		['a developer', 'perplexity', 'perplexity/sonar'],
		['several words in any order', 'flash 2.5 google', 'google/gemini-2.5-flash'],
	])('the model picker finds a model by %s', async (_, search, id) => {
		expect(ids(await listPickerEntries(sandbox, chat, search))).toContain(id);
	});

	test('the model picker lists the models first that are known to work in batches', async () => {
		const entries = await listPickerEntries(sandbox, { resource: 'batch', operation: 'create' });
		expect(entries.map(({ name }) => name.includes('works in batches'))).toEqual(
			entries.map(({ value }) => String(value).includes('claude')),
		);
		expect(entries[0].value).toBe('anthropic/claude-opus-4-5');
		expect(entries.length).toBeGreaterThan(5);
	});

	test('the model picker loads the catalog once for many look-ups', async () => {
		await listPickerEntries(sandbox, chat, 'gpt');
		await listPickerEntries(sandbox, chat, 'claude');
		await listParameterFields(sandbox, withModel('openai/gpt-4o-mini'));
		const asked = sandbox.requestLog.calls.map(({ path }) => path);
		expect(asked.filter((path) => path === '/v1/models')).toHaveLength(1);
	});

	test("the model picker says that the catalog can't be reached and that an ID still works", async () => {
		await expect(listPickerEntries(nobody, chat)).rejects.toMatchObject({
			message: "Couldn't load the models from http://127.0.0.1:9",
			description: expect.stringMatching(/refused the connection.*'Base URL'.*'By ID'/),
		});
	});
});

test('errors in the editor contain no password of the host and no key that the catalog repeats', async () => {
	const known = 'aiml-0123456789abcdef0123';
	const body = JSON.stringify({ message: `bad key Bearer ${known}` });
	sandbox.faults.set([{ when: { path: '/v1/models' }, do: { status: 500, body } }]);
	for (const url of [sandbox.url, 'http://user:PASSWORD@127.0.0.1:9']) {
		clearCatalog();
		const error: unknown = await listPickerEntries({ url, apiKey: known }, chat).catch(
			(thrown) => thrown,
		);
		const { message, description } = error as { message: string; description: string };
		expect(message).toContain("Couldn't load the models");
		expect(`${message} ${description}`).not.toMatch(/PASSWORD|aiml-0123456789/);
	}
});

describe('model parameters', () => {
	const fieldsOf = async (model: string, api: { url: string; apiKey: string } = sandbox) =>
		(await listParameterFields(api, withModel(model))).map(({ id }) => id);

	test('model parameters are those of the chosen model, without what has a field of its own', async () => {
		expect(await fieldsOf('gemini-1.5-flash')).toEqual([
			...['frequency_penalty', 'presence_penalty', 'logit_bias', 'max_tokens'],
			...['top_p', 'temperature', 'stop', 'tools', 'tool_choice'],
		]);
		expect(await fieldsOf('openai/o4-mini-2025-04-16')).not.toContain('temperature');
	});

	test('model parameters show their range, begin with the default and offer the values of the schema', async () => {
		const fields = await listParameterFields(sandbox, withModel('openai/o4-mini-2025-04-16'));
		expect(fields.find(({ id }) => id === 'reasoning_effort')).toMatchObject({
			type: 'options',
			options: ['low', 'medium', 'high'].map((value) => ({ name: value, value })),
		});
		const gemini = await listParameterFields(sandbox, withModel('gemini-1.5-flash'));
		const labels = gemini.map(({ displayName }) => displayName);
		expect(labels).toContain('Temperature (0 to 2)');
		expect(gemini.find(({ id }) => id === 'max_tokens')).toMatchObject({
			displayName: 'Max Tokens (from 1)',
			defaultValue: 512,
		});
	});

	test.each([
		['a model given by expression', '={{ $json.model }}', () => sandbox],
		['a model that the catalog does not know', 'somebody/new', () => sandbox],
		['a catalog that cannot be reached', 'openai/gpt-4o-mini', () => nobody],
	])('model parameters are the general ones with %s', async (_, model, api) => {
		expect(await fieldsOf(model, api())).toEqual(
			expect.arrayContaining(['max_tokens', 'temperature', 'top_p', 'tools', 'seed']),
		);
	});

	test("model parameters are loaded from the credential's host, whatever host the catalog links to", async () => {
		await fieldsOf('gemini-1.5-flash');
		expect(sandbox.requestLog.calls.map(({ path }) => path)).toEqual(['/v1/models', '/docs-json']);
	});
});
