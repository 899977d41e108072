import { chain } from '../../harness/workflows/workflow';
import { EditorPage } from './support/editorPage';
import { everyOperation, OPERATIONS } from './support/operations';

jest.setTimeout(600_000);

/** Pixels of the screen, which the parameters of a new node should not exceed. */
const SCREEN = 900;

let editor: EditorPage;

beforeAll(async () => {
	editor = await EditorPage.open();
});

afterEach(async () => await editor.closeNode());

afterAll(async () => await editor?.close('operations'));

describe('a new node', () => {
	beforeAll(async () => {
		await editor.openNewWorkflow(chain('newNodes00000001', []));
	});

	test.each(OPERATIONS)(
		'a new node of "$action" opens without a complaint, and with all of its labels readable',
		async ({ action, model }) => {
			await editor.openCreator();
			await editor.addByAction('AI/ML API', action);
			expect(await editor.by('from-ai-override-button').count()).toBe(0);
			expect(await editor.complaints()).toBe(0);
			expect(await editor.panelHeight()).toBeLessThanOrEqual(SCREEN);
			await editor.screenshot(`new-${action.replace(/\W+/g, '-')}`);
			if (model) await editor.chooseModel(model);
			expect(await editor.complaints()).toBe(0);
			if (await editor.by('add-fields-select').count()) await editor.addAllParameters();
			expect(await editor.cutLabels()).toEqual([]);
			expect((await editor.labels()).join()).not.toMatch(/\b(Url|Id|Pii)\b/);
		},
	);
});

describe('a filled node', () => {
	beforeAll(async () => {
		const workflow = everyOperation();
		await editor.openNewWorkflow(workflow);
		await editor.executeWorkflow(workflow.nodes.length);
		await editor.screenshot('every-operation');
	});

	test.each(OPERATIONS)(
		'a filled node of "$action" shows its answer first when it has run',
		async ({ action, items, column, file }) => {
			await editor.openNode(action);
			const output = editor.by('output-panel');
			await output.getByText(`${items} item`).first().waitFor();
			if (file) {
				await output.locator('[data-test-id="radio-button-binary"]').click();
				await output.locator('[data-test-id="ndv-view-binary-data"]').waitFor();
				expect(await output.locator('[data-test-id="ndv-download-binary-data"]').count()).toBe(1);
			}
			await output.locator('[data-test-id="radio-button-table"]').click();
			await output.locator('th').first().waitFor();
			expect((await output.locator('th').first().innerText()).trim()).toBe(column);
			await editor.screenshot(`output-${action.replace(/\W+/g, '-')}`);
		},
	);
});
