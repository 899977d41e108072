import { PNG } from 'pngjs';
import { example } from '../../harness/workflows/workflow';
import { EditorPage } from './support/editorPage';

jest.setTimeout(300_000);

const agent = example('chat-with-an-agent');
const CHAT_MODEL = 'AI/ML API Chat Model';

let editor: EditorPage;
/** Where the icon on the canvas comes from, by theme. */
const icons: Record<string, string | null> = {};

beforeAll(async () => {
	editor = await EditorPage.open();
});

afterAll(async () => await editor?.close('appearance'));

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
	beforeAll(async () => {
		await editor.useTheme(theme);
	});

	test('the icon stands out from the canvas', async () => {
		await editor.openNewWorkflow(agent);
		const icon = editor.node(CHAT_MODEL).locator('img').first();
		icons[theme] = await icon.getAttribute('src');
		expect(contrastIn(await icon.screenshot())).toBeGreaterThanOrEqual(3);
		await editor.screenshot(`agent-${theme}`);
	});

	test('the icon stands out in the node creator', async () => {
		await editor.openCreator();
		await editor.findNodes('aimlapi', 'AI/ML API');
		const icon = editor.by('item-iterator-item').first().locator('img').first();
		expect(contrastIn(await icon.screenshot())).toBeGreaterThanOrEqual(3);
		await editor.screenshot(`creator-${theme}`);
		await editor.page.keyboard.press('Escape');
	});

	test('the icon stands out in the panel of a node', async () => {
		await editor.openNode(CHAT_MODEL);
		const icon = editor.by('ndv').locator('img').first();
		expect(contrastIn(await icon.screenshot())).toBeGreaterThanOrEqual(3);
		await editor.screenshot(`chat-model-${theme}`);
	});

	test('the icon stands out in the dialog of the credential', async () => {
		await editor.by('credential-edit-button').click();
		const icon = editor.by('editCredential-modal').locator('img:visible').first();
		expect(contrastIn(await icon.screenshot())).toBeGreaterThanOrEqual(3);
		await editor.screenshot(`credential-${theme}`);
		await editor.page.keyboard.press('Escape');
		await editor.by('editCredential-modal').waitFor({ state: 'hidden' });
		await editor.closeNode();
	});
});

test('each theme has an icon of its own', () => {
	expect(icons.light).toContain('aimlapi.svg');
	expect(icons.dark).toContain('aimlapi.dark.svg');
});

describe('the Chat Model of an agent', () => {
	beforeAll(async () => {
		await editor.useTheme('light');
		await editor.openNewWorkflow(agent);
	});

	test('the Chat Model shows its model on the canvas', async () => {
		await editor.node(CHAT_MODEL).getByText('openai/gpt-4o-mini').waitFor();
	});

	test('the Chat Model offers the parameters of its model, without what the agent decides', async () => {
		await editor.openNode(CHAT_MODEL);
		await editor.chooseModel('openai/o4-mini-2025-04-16');
		const offered = await editor.offeredParameters();
		await editor.screenshot('chat-model-parameters');
		expect(offered.join()).toContain('Reasoning Effort');
		expect(offered.join()).not.toMatch(/Tools|Messages|Stream/);
		await editor.closeMenu();
		await editor.closeNode();
	});
});

test('the first example runs and shows its answer with usage and cost', async () => {
	const workflow = example('message-a-model');
	await editor.openWorkflow(workflow.id);
	await editor.executeWorkflow(3);
	await editor.screenshot('execution');
	await editor.openNode('Message a Model');
	const output = editor.by('output-panel');
	await output.getByText('1 item').first().waitFor();
	await editor.screenshot('editor');
	const text = await output.innerText();
	expect(text).toContain('An automated workflow takes over');
	expect(text).toMatch(/totalTokens/);
	expect(text).toMatch(/usd/);
	await editor.closeNode();
});

test('a node that has run is still up to date after somebody looked into it', async () => {
	await editor.openWorkflow(example('read-an-invoice').id);
	await editor.executeWorkflow(5);
	for (const node of ['Extract the Text', 'Find the Figures']) {
		await editor.openNode(node);
		await editor.by('output-panel').getByText('1 item').first().waitFor();
		expect(await editor.by('node-run-info-stale').count()).toBe(0);
		await editor.closeNode();
	}
	expect(await editor.by('canvas-node-status-warning').count()).toBe(0);
});

/** The highest contrast between the picture's corner and its other pixels, from 1 to 21 (WCAG 2.1). */
function contrastIn(bytes: Buffer): number {
	const { data, width, height } = PNG.sync.read(bytes);
	const luminances = Array.from({ length: width * height }, (_, index) =>
		luminance([...data.subarray(index * 4, index * 4 + 3)]),
	);
	const [corner] = luminances;
	return Math.max(
		...luminances.map(
			(other) => (Math.max(other, corner) + 0.05) / (Math.min(other, corner) + 0.05),
		),
	);
}

function luminance(rgb: number[]): number {
	const [red, green, blue] = rgb.map((value) => {
		const share = value / 255;
		return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
