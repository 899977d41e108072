import { example, withParameters } from '../../harness/workflows/workflow';
import { EditorPage } from './support/editorPage';
import { uiEnvironment } from './support/environment';

jest.setTimeout(300_000);

const NODE = 'Message a Model';
/**
 * Without an expression that n8n cannot evaluate before the nodes in front have run: it does not ask for
 * the parameters of another model then.
 */
const workflow = withParameters(example('message-a-model'), NODE, {
	messages: { values: [{ role: 'user', content: 'What is n8n?' }] },
});

let editor: EditorPage;

beforeAll(async () => {
	editor = await EditorPage.open();
	await editor.openNewWorkflow(workflow);
});

afterAll(async () => await editor?.close('node-panel'));

describe('the panel of the node', () => {
	beforeAll(async () => await editor.openNode(NODE));

	afterAll(async () => await editor.closeNode());

	test('the panel finds models by search, and the parameters change with the model', async () => {
		await editor.openModels();
		await editor.by('rlc-item').filter({ hasText: '128K' }).first().waitFor();
		await editor.screenshot('model-list');
		await editor.searchModels('flash');
		await editor.screenshot('model-search');
		await editor.takeModel('gemini-1.5-flash');
		const ofGemini = await editor.offeredParameters();
		await editor.screenshot('parameters-of-gemini');
		await editor.closeMenu();
		await editor.chooseModel('anthropic/claude-opus-4-5');
		const ofClaude = await editor.offeredParameters();
		await editor.screenshot('parameters-of-claude');
		await editor.closeMenu();
		expect(ofGemini.length).toBeGreaterThan(5);
		expect(ofClaude.length).toBeGreaterThan(5);
		expect(ofGemini).not.toEqual(ofClaude);
		expect([...ofGemini, ...ofClaude].join()).not.toMatch(/\bStream|\b(Url|Id|Pii)\b/);
	});
});

test('the credential says where to get a key, and whether it is right', async () => {
	await editor.openNode(NODE);
	await editor.by('credential-edit-button').click();
	await editor.fillKey('wrong-key');
	expect(await editor.page.getByText('aimlapi.com/app/keys').first().isVisible()).toBe(true);
	await editor.by('credential-save-button').click();
	await editor.page.getByText('Couldn’t connect with these settings').waitFor();
	await editor.screenshot('credential-refused');
	await editor.fillKey(uiEnvironment().apiKey);
	await editor.by('credential-save-button').click();
	await editor.by('credentials-config-container-test-success').waitFor();
	await editor.screenshot('credential-accepted');
});

test('the editor asks nobody but n8n itself', () => {
	expect(editor.contacted).toEqual([]);
});
