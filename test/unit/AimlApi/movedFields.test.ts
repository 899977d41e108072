import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { runOperation, type OperationRun } from '../../engine/operationRun';
import { USUAL_RUNS } from '../../engine/usualRuns';

const sandbox = useSandbox();

const items: INodeExecutionData[] = [
	{
		json: { order: 'A-7' },
		binary: { data: { data: 'iVBORw0KGgo=', mimeType: 'image/png', fileName: 'photo.png' } },
	},
];
const chat = USUAL_RUNS['chat/complete'];
const batch = {
	resource: 'batch',
	operation: 'create',
	model: 'anthropic/claude-opus-4-5',
	fields: { messages: chat.fields!.messages },
};
const document = USUAL_RUNS['document/extractText'];

/** What a run sends, and the fields of its items: IDs and texts differ from run to run. */
async function run(operation: OperationRun, more: INodeParameters) {
	const before = sandbox.requestLog.calls.length;
	const { items: output, error } = await runOperation(sandbox, {
		...operation,
		items,
		fields: { ...operation.fields, ...more },
	});
	return {
		error,
		sent: sandbox.requestLog.calls
			.slice(before)
			.filter(({ method }) => method === 'POST')
			.map(({ path, body }) => [path, body]),
		fields: output.map(({ json }) => Object.keys(json)),
	};
}

const CASES: Array<{ name: string; operation: OperationRun; value: INodeParameters }> = [
	{
		name: "'Attachments'",
		operation: chat,
		value: { attachments: { values: [{ source: 'binary', binaryPropertyName: 'data' }] } },
	},
	{ name: "'Extra Body'", operation: chat, value: { extraBody: '{"seed": 7}' } },
	{ name: "'Simplify'", operation: chat, value: { simplify: false } },
	{ name: "'Simplify' by expression", operation: chat, value: { simplify: '={{ false }}' } },
	{ name: "'Custom ID'", operation: batch, value: { customId: 'mine' } },
	{
		name: "'Custom ID' by expression",
		operation: batch,
		value: { customId: '={{ $json.order }}' },
	},
	{ name: "'Split Pages'", operation: document, value: { splitPages: true } },
];

test.each(CASES)(
	'$name does the same as an option and as the field that it was in older workflows',
	async ({ operation, value }) => {
		const without = await run(operation, {});
		const option = await run(operation, { options: value });
		const field = await run(operation, value);
		expect(option.error).toBeUndefined();
		expect(option).not.toEqual(without);
		expect(field).toEqual(option);
	},
);

test('an option wins over the older field', async () => {
	const { fields } = await run(chat, { simplify: false, options: { simplify: true } });
	expect(fields).toEqual([expect.arrayContaining(['text', 'cost'])]);
});
