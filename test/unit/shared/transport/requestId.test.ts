import { defaultRequestId } from '../../../../nodes/shared/transport/requestId';

const idOf = (name: string, workflow = 'wf1', item = 3) =>
	defaultRequestId(
		{
			getWorkflow: () => ({ id: workflow }),
			getExecutionId: () => '42',
			getNode: () => ({ id: 'node-id', name }),
		},
		item,
	);

test.each([
	['Summarize', 'n8n:wf1:42:Summarize:3'],
	['Frage: Übersetze (2)', 'n8n:wf1:42:Frage-Ubersetze-2:3'],
	['翻訳', 'n8n:wf1:42:node-id:3'],
])('the node %s is named in the characters that the API accepts', (name, id) => {
	expect(idOf(name)).toBe(id);
});

test('a long name is cut, so that the item is still told', () => {
	const id = idOf('A node with a long name '.repeat(20), 'x'.repeat(36), 99_999);
	expect(id).toHaveLength(128);
	expect(id).toMatch(/^n8n:x{36}:42:A-node[\w-]+:99999$/);
});
