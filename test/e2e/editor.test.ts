/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import type { Browser } from 'playwright-core';
import { chromiumPath, startChromium } from './support/chromium';
import { EditorPage } from './support/editorPage';
import { preparedN8n, type PreparedN8n } from './support/preparedN8n';
import { example } from './support/workflow';

jest.setTimeout(300_000);

const workflow = example('message-a-model');
const node = workflow.nodes.find(({ name }) => name === 'Message a Model')!;

const executable = chromiumPath();
if (!executable && process.env.CI) throw new Error('Chromium is not installed: see .ci/run');
if (!executable) process.stdout.write('Skipped, since there is no Chromium: set CHROMIUM_PATH\n');

(executable ? describe : describe.skip)('the editor', () => {
	let n8n: PreparedN8n;
	let browser: Browser;
	let editor: EditorPage;

	beforeAll(async () => {
		n8n = await preparedN8n([
			workflow,
			example('scheduled-summaries'),
			example('classify-and-route'),
		]);
		const { server } = await n8n.start();
		browser = await startChromium(executable!);
		editor = await EditorPage.open(browser, server.url);
	});

	afterAll(async () => {
		await editor?.screenshot('last-state');
		await browser?.close();
		await n8n?.end();
	});

	test.each(['message-a-model', 'scheduled-summaries', 'classify-and-route'])(
		'shows the example %s without a complaint',
		async (name) => {
			await editor.openWorkflow(example(name).id);
			const shown = await editor.by('canvas-node').or(editor.by('sticky')).count();
			expect(shown).toBe(example(name).nodes.length);
			expect(await editor.by('node-issues').count()).toBe(0);
			await editor.screenshot(`example-${name}`);
		},
	);

	test('tests the credential: a wrong key is refused, the right one accepted', async () => {
		await editor.openNode(workflow.id, node.id);
		await editor.by('credential-edit-button').click();
		await editor.saveKey('wrong-key');
		await editor.page.getByText('Couldn’t connect with these settings').waitFor();
		await editor.screenshot('credential-refused');
		await editor.saveKey(n8n.sandbox.apiKey);
		await editor.by('credentials-config-container-test-success').waitFor();
		await editor.screenshot('credential-accepted');
	});

	test('finds models by search, and offers the parameters of the one picked', async () => {
		await editor.openNode(workflow.id, node.id);
		await editor.by('rlc-input').click();
		await editor.by('rlc-item').nth(4).waitFor();
		await editor.screenshot('model-list');
		await editor.page.keyboard.press('Escape');

		await editor.openNode(workflow.id, node.id);
		await editor.pickModel('flash', 'gemini-1.5-flash');
		const ofGemini = await editor.offeredParameters();
		await editor.screenshot('parameters-of-gemini');

		await editor.openNode(workflow.id, node.id);
		await editor.pickModel('opus', 'anthropic/claude-opus-4-5');
		const ofClaude = await editor.offeredParameters();
		await editor.screenshot('parameters-of-claude');

		expect(ofGemini).not.toEqual(ofClaude);
		expect(ofGemini.length).toBeGreaterThan(5);
		expect(ofClaude.length).toBeGreaterThan(5);
	});

	test('runs the node and shows the answer with its usage and cost', async () => {
		await editor.openNode(workflow.id, node.id);
		await editor.pickModel('gpt', 'openai/gpt-4o');
		await editor.by('node-execute-button').click();
		const output = editor.by('output-panel');
		await output.getByText('1 item').waitFor();
		const text = await output.innerText();
		expect(text).toContain('Explain in two sentences');
		expect(text).toMatch(/totalTokens/);
		expect(text).toMatch(/usd/);
		await editor.screenshot('execution');
	});

	test('asks nobody but n8n itself', () => {
		expect(editor.contacted).toEqual([]);
	});
});
