import { agent, chatModel } from '../../harness/workflows/agents';
import { chain } from '../../harness/workflows/workflow';
import { OUR_NAMES, TASKS } from '../e2e/support/searchPhrases';
import { EditorPage } from './support/editorPage';
import { OPERATIONS } from './support/operations';

jest.setTimeout(300_000);

const NODE = 'AI/ML API';
const CHAT_MODEL = 'AI/ML API Chat Model';

let editor: EditorPage;

beforeAll(async () => {
	editor = await EditorPage.open();
});

afterAll(async () => await editor?.close('node-creator'));

/** From 1. */
const rankOf = async (query: string, name = NODE): Promise<number> =>
	(await editor.findNodes(query, name)).indexOf(name) + 1;

test('the search of a workflow without nodes finds the node first for its names', async () => {
	await editor.openEmptyWorkflow();
	await editor.openCreator();
	for (const query of OUR_NAMES) expect([query, await rankOf(query)]).toEqual([query, 1]);
});

describe('in a workflow with a trigger', () => {
	beforeAll(async () => {
		await editor.openNewWorkflow(chain('creatorTrigger01', []));
		await editor.openCreator();
	});

	test('the search finds the node first for its names, and not among sub-nodes', async () => {
		for (const query of OUR_NAMES) expect([query, await rankOf(query)]).toEqual([query, 1]);
		const creator = await editor.by('node-creator').innerText();
		expect(creator).not.toContain('sub-nodes');
	});

	test('the search finds the node for every task, among the first three for most', async () => {
		const ranks: Array<[query: string, rank: number]> = [];
		for (const query of TASKS) ranks.push([query, await rankOf(query)]);
		expect(ranks.filter(([, rank]) => rank <= 3).length).toBeGreaterThanOrEqual(20);
		await editor.screenshot('creator-search');
	});

	test('the search finds the Chat Model right after the node', async () => {
		expect(await rankOf('aiml', CHAT_MODEL)).toBe(2);
	});

	test('the node lists all of its operations as actions', async () => {
		await editor.findNodes(NODE, NODE);
		await editor.by('node-creator-item-name').getByText(NODE, { exact: true }).click();
		const actions = OPERATIONS.map(({ action }) => action);
		// The list fills over several frames.
		const last = actions[actions.length - 1];
		await editor.by('node-creator-item-name').getByText(last, { exact: true }).waitFor();
		const listed = await editor.by('node-creator-item-name').allInnerTexts();
		expect(listed.map((text) => text.trim()).filter((text) => actions.includes(text))).toEqual(
			actions,
		);
		await editor.screenshot('creator-actions');
	});
});

describe('in a workflow with an agent', () => {
	beforeAll(async () => {
		await editor.openNewWorkflow(agent('creatorAgent0001', 3.1, chatModel('openai/gpt-4o-mini')));
	});

	/** Opens what the `+` of one of the agent's inputs offers. */
	const openInput = async (type: string) => {
		await editor
			.node('Agent')
			.locator(`[data-test-id="canvas-node-input-handle"][data-connection-type="${type}"]`)
			.locator('[data-test-id="canvas-handle-plus"]')
			.click();
		await editor.by('node-creator-search-bar').waitFor();
	};

	test('the search finds the node first, with its own entry', async () => {
		await editor.openCreator();
		expect(await rankOf('aimlapi')).toBe(1);
		const [found] = (await editor.by('node-creator').innerText()).split('(sub-nodes)');
		expect(found).toContain('Message GPT, Claude and Gemini');
		await editor.page.keyboard.press('Escape');
	});

	test.each(['image', 'speech', 'translate', 'music'])(
		'the tools of the agent have the node for "%s"',
		async (query) => {
			await openInput('ai_tool');
			expect(await rankOf(query, 'AI/ML API Tool')).toBeGreaterThan(0);
			await editor.page.keyboard.press('Escape');
		},
	);

	test('the node is a tool of the agent whose fields the model can fill', async () => {
		await openInput('ai_tool');
		await editor.findNodes('aimlapi', 'AI/ML API Tool');
		await editor.by('node-creator-item-name').getByText('AI/ML API Tool').click();
		await editor.by('from-ai-override-button').first().waitFor({ state: 'attached' });
		expect(await editor.by('from-ai-override-button').count()).toBeGreaterThan(0);
		await editor.screenshot('tool');
	});
});
