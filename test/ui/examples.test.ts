/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { EXAMPLES } from '../../harness/demoContent';
import { example, type WorkflowNode } from '../../harness/workflows/workflow';
import { EditorPage } from './support/editorPage';

jest.setTimeout(600_000);

const examples = readdirSync(EXAMPLES).map((file) => basename(file, '.json'));

let editor: EditorPage;

beforeAll(async () => {
	editor = await EditorPage.open();
});

afterAll(async () => await editor?.close('examples'));

const OURS = 'n8n-nodes-aimlapi-models.';

/** Whether a node is marked until the user chooses a credential of another service. */
const needsLogin = ({ type }: WorkflowNode): boolean => type === 'n8n-nodes-base.emailSend';

/** IDs of the parameters that a node sends. */
const setParameters = ({ parameters }: WorkflowNode): string[] => {
	const { value } = (parameters.modelParameters ?? {}) as { value?: object };
	return Object.keys(value ?? {});
};

test.each(examples)(
	'%s opens without a complaint, and looking at it changes nothing',
	async (name) => {
		const workflow = example(name);
		await editor.openWorkflow(workflow.id);
		const shown = await editor.by('canvas-node').or(editor.by('sticky')).count();
		expect(shown).toBe(workflow.nodes.length);
		expect(await editor.by('node-issues').count()).toBe(workflow.nodes.filter(needsLogin).length);
		expect(await editor.overflowingNotes()).toEqual([]);
		expect(await editor.blankNotes()).toEqual([]);
		expect(await editor.crossedNodes()).toEqual([]);
		await editor.screenshot(`example-${name}`);
		editor.saved.length = 0;
		for (const node of workflow.nodes.filter(({ type }) => type.startsWith(OURS))) {
			const fields = setParameters(node).length > 0 && editor.parameterFields();
			await editor.openNode(node.name);
			await fields;
			expect((await editor.shownParameters()).sort()).toEqual(setParameters(node).sort());
			await editor.closeNode();
		}
		expect(editor.saved).toEqual([]);
	},
);
