import { preparedN8n } from '../../harness/preparedN8n';
import { aimlApiCredential, byId } from '../../harness/workflows/workflow';
import { useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

const n8n = useN8n(async () => await preparedN8n([]));

const testCredential = async (apiKey: string, url = n8n.sandbox.url) =>
	await n8n.rest.request<{ status: string; message: string }>('POST', '/rest/credentials/test', {
		credentials: { id: '', name: 'Tried', type: 'aimlApi', data: { apiKey, url } },
	});

describe('the credential test', () => {
	test('the credential test accepts the right key', async () => {
		expect(await testCredential(n8n.sandbox.apiKey)).toMatchObject({ status: 'OK' });
	});

	test('the credential test accepts a host that was pasted with a path', async () => {
		const answer = await testCredential(n8n.sandbox.apiKey, `${n8n.sandbox.url}/v1/`);
		expect(answer).toMatchObject({ status: 'OK' });
	});

	test('the credential test refuses a wrong key', async () => {
		expect(await testCredential('wrong')).toMatchObject({ status: 'Error' });
	});
});

const requestFor = (model: object) => ({
	nodeTypeAndVersion: { name: 'n8n-nodes-aimlapi-models.aimlApi', version: 1 },
	currentNodeParameters: {
		resource: 'chat',
		operation: 'complete',
		model: { __rl: true, ...model },
	},
	credentials: aimlApiCredential,
});

describe('the model picker', () => {
	const search = async (filter?: string) =>
		await n8n.rest.request<{ results: Array<{ name: string; value: string }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				...requestFor({ mode: 'list', value: '' }),
				path: 'parameters.model',
				methodName: 'searchModels',
				filter,
			},
		);

	test('the model picker offers the models that fit the operation', async () => {
		const values = (await search()).results.map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(['openai/gpt-4o', 'gemini-1.5-flash']));
	});

	test('the model picker searches the models', async () => {
		const values = (await search('gemini')).results.map(({ value }) => value);
		expect(values).toContain('gemini-1.5-flash');
		expect(values).not.toContain('openai/gpt-4o');
	});
});

describe('the parameters of a model', () => {
	const fieldsOf = async (value: string) => {
		const { fields } = await n8n.rest.request<{ fields: Array<{ id: string; type: string }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-mapper-fields',
			{
				...requestFor(byId(value)),
				path: 'parameters.modelParameters',
				methodName: 'getModelParameters',
			},
		);
		return fields.map(({ id }) => id);
	};

	test('the parameters of a model are read from its own schema', async () => {
		const gemini = await fieldsOf('gemini-1.5-flash');
		const gpt = await fieldsOf('openai/gpt-4o');
		expect(gemini).toEqual(expect.arrayContaining(['temperature', 'max_tokens']));
		expect(gpt).toContain('temperature');
		expect(gpt).not.toEqual(gemini);
		expect(gemini).not.toEqual(expect.arrayContaining(['messages', 'model']));
	});
});
