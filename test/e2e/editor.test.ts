/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { Browser } from 'playwright-core';
import { EXAMPLES } from '../../harness/demoContent';
import { chromiumPath, startChromium } from './support/chromium';
import { EditorPage } from './support/editorPage';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import { example } from '../../harness/workflows/workflow';

jest.setTimeout(300_000);

const workflow = example('message-a-model');
const examples = readdirSync(EXAMPLES).map((file) => basename(file, '.json'));

const executable = chromiumPath();
if (!executable && process.env.CI) throw new Error('Chromium is not installed: see .ci/run');
if (!executable) process.stdout.write('Skipped, since there is no Chromium: set CHROMIUM_PATH\n');

(executable ? describe : describe.skip)('the editor', () => {
	let n8n: PreparedN8n;
	let browser: Browser;
	let editor: EditorPage;

	beforeAll(async () => {
		n8n = await preparedN8n(examples.map(example));
		const { server } = await n8n.start();
		browser = await startChromium(executable!);
		editor = await EditorPage.open(browser, server.url);
	});

	afterAll(async () => {
		await editor?.screenshot('last-state');
		await browser?.close();
		await n8n?.end();
	});

	test.each(examples)('the editor shows no issue in the example %s', async (name) => {
		await editor.openWorkflow(example(name).id);
		const shown = await editor.by('canvas-node').or(editor.by('sticky')).count();
		expect(shown).toBe(example(name).nodes.length);
		expect(await editor.by('node-issues').count()).toBe(0);
		await editor.screenshot(`example-${name}`);
	});

	test('the credential test refuses a wrong key and accepts the right one', async () => {
		await editor.openWorkflow(workflow.id);
		await editor.openNode('Message a Model');
		await editor.by('credential-edit-button').click();
		await editor.saveKey('wrong-key');
		await editor.page.getByText('Couldn’t connect with these settings').waitFor();
		await editor.screenshot('credential-refused');
		await editor.saveKey(n8n.sandbox.apiKey);
		await editor.by('credentials-config-container-test-success').waitFor();
		await editor.screenshot('credential-accepted');
	});

	test('the editor runs the node and shows the answer with its usage and cost', async () => {
		await editor.openWorkflow(workflow.id);
		await editor.executeWorkflow(3);
		await editor.screenshot('execution');
		await editor.openNode('Message a Model');
		const output = editor.by('output-panel');
		await output.getByText('1 item').waitFor();
		await editor.screenshot('output');
		const text = await output.innerText();
		expect(text).toContain('An automated workflow takes over');
		expect(text).toMatch(/totalTokens/);
		expect(text).toMatch(/usd/);
	});

	test('the editor finds models by search, and the parameters change with the model', async () => {
		await editor.openModels();
		await editor.by('rlc-item').filter({ hasText: '128K' }).first().waitFor();
		await editor.screenshot('model-list');
		await editor.searchModels('flash');
		await editor.screenshot('model-search');
		await editor.takeModel('gemini-1.5-flash');
		const ofGemini = await editor.offeredParameters();
		await editor.screenshot('parameters-of-gemini');
		await editor.closeMenu();

		await editor.openModels();
		await editor.searchModels('opus');
		await editor.takeModel('anthropic/claude-opus-4-5');
		const ofClaude = await editor.offeredParameters();
		await editor.screenshot('parameters-of-claude');

		expect(ofGemini.length).toBeGreaterThan(5);
		expect(ofClaude.length).toBeGreaterThan(5);
		expect(ofGemini).not.toEqual(ofClaude);
	});

	test('the editor shows the Chat Model of an agent, with the parameters of the model alone', async () => {
		await editor.openWorkflow(example('chat-with-an-agent').id);
		const chatModel = editor.by('canvas-node').filter({ hasText: 'AI/ML API Chat Model' });
		await chatModel.getByText('openai/gpt-4o-mini').waitFor();
		await editor.screenshot('agent');
		await editor.openNode('AI/ML API Chat Model');
		await editor.screenshot('chat-model');
		await editor.openModels();
		await editor.searchModels('o4');
		await editor.takeModel('openai/o4-mini-2025-04-16');
		const offered = await editor.offeredParameters();
		await editor.screenshot('chat-model-parameters');
		expect(offered.join()).toContain('Reasoning Effort');
		expect(offered.join()).not.toMatch(/Tools|Messages|Stream/);
		await editor.closeMenu();
	});

	test('the editor sends requests to n8n only', () => {
		expect(editor.contacted).toEqual([]);
	});
});
