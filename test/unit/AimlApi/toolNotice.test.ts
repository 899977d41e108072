import type { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import { openModelParameters } from '../../engine/editor';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox();

/** The node as it runs with an n8n-workflow that lacks some of its functions. */
function nodeWithout(missing: string[]): AimlApi {
	let node!: AimlApi;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => {
			const exported = Object.entries(jest.requireActual<object>('n8n-workflow'));
			return Object.fromEntries(exported.filter(([name]) => !missing.includes(name)));
		});
		const sources = jest.requireActual<typeof import('../../../nodes/AimlApi/AimlApi.node')>(
			'../../../nodes/AimlApi/AimlApi.node',
		);
		node = new sources.AimlApi();
	});
	return node;
}

const chat = { resource: 'chat', operation: 'complete', model: 'openai/gpt-4o-mini' };

const opened = async (type: string, missing: string[]) =>
	await openModelParameters(sandbox, chat, nodeWithout(missing), type);

test('a tool says under Model Parameters that an n8n before 1.106 does not run it', async () => {
	expect(await opened('test.aimlApiTool', ['assertParamIsString'])).toEqual({
		fields: [],
		emptyFieldsNotice: expect.stringMatching(/^Before n8n 1\.106, this tool sends nothing/),
	});
});

test('the node itself has its parameters in every n8n', async () => {
	const { fields, emptyFieldsNotice } = await opened('test.aimlApi', ['assertParamIsString']);
	expect(fields.length).toBeGreaterThan(5);
	expect(emptyFieldsNotice).toBeUndefined();
});

test('a tool has its parameters in an n8n that runs it', async () => {
	const { fields, emptyFieldsNotice } = await opened('test.aimlApiTool', []);
	expect(fields.length).toBeGreaterThan(5);
	expect(emptyFieldsNotice).toBeUndefined();
});
