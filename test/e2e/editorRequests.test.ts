import type { N8nRest } from '../../harness/n8nRest';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';

jest.setTimeout(900_000);

let n8n: PreparedN8n;
let rest: N8nRest;

beforeAll(async () => {
	n8n = await preparedN8n([]);
	({ rest } = await n8n.start());
});

afterAll(async () => await n8n?.end());

const testCredential = async (apiKey: string, url = n8n.sandbox.url) =>
	await rest.request<{ status: string; message: string }>('POST', '/rest/credentials/test', {
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

const requestOf = (model: Record<string, unknown>) => ({
	nodeTypeAndVersion: { name: 'n8n-nodes-aimlapi-models.aimlApi', version: 1 },
	currentNodeParameters: {
		resource: 'chat',
		operation: 'complete',
		model: { __rl: true, ...model },
	},
	credentials: { aimlApi: { id: 'aimlapiDemo', name: 'AI/ML API account' } },
});

describe('the model picker', () => {
	const search = async (filter?: string) =>
		await rest.request<{ results: Array<{ name: string; value: string }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				...requestOf({ mode: 'list', value: '' }),
				path: 'parameters.model',
				methodName: 'searchModels',
				filter,
			},
		);

	test('offers the models that fit the operation', async () => {
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
		const { fields } = await rest.request<{ fields: Array<{ id: string; type: string }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-mapper-fields',
			{
				...requestOf({ mode: 'id', value }),
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
