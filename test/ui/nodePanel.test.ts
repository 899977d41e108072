import {
	aimlApiNode,
	chain,
	countingNodes,
	example,
	withParameters,
} from '../../harness/workflows/workflow';
import { EditorPage } from './support/editorPage';

jest.setTimeout(300_000);

const NODE = 'Message a Model';
const messages = { values: [{ role: 'user', content: 'What is n8n?' }] };
const emptyMessage = { values: [{ role: 'user', content: '' }] };
const inList = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: value });
/**
 * Without an expression that n8n cannot evaluate before the nodes in front have run: it does not ask for
 * the parameters of another model then.
 */
const workflow = withParameters(example('message-a-model'), NODE, {
	messages,
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

/** What the tests read of a stored node. */
interface Stored {
	model?: { mode: string; value: string };
	messages?: { values?: Array<{ content: string }> };
	modelParameters?: { value?: Record<string, unknown> | null };
	files?: { values?: Array<{ parameter?: string }> };
	options?: { attachments?: object };
}

const modelOf = ({ model }: Stored) => ({ mode: model?.mode, value: model?.value });
const valuesOf = ({ modelParameters }: Stored) => modelParameters?.value ?? {};

describe('a change of what is chosen', () => {
	let id: string;

	beforeAll(async () => {
		const nodes = [
			aimlApiNode(NODE, { model: inList('openai/gpt-4o-mini'), messages: emptyMessage }),
			aimlApiNode('Draw', { resource: 'image', operation: 'generate', model: inList('') }),
		];
		id = await editor.openNewWorkflow(chain('panelChanges0001', nodes));
	});

	afterEach(async () => await editor.closeNode());

	test('another model removes the values of the one before, which n8n does by itself', async () => {
		await editor.openNode(NODE);
		await editor.chooseModel('openai/gpt-4o');
		await editor.addParameter('Max Tokens (from 1)');
		expect(await editor.shownParameters()).toEqual(['max_tokens']);
		await editor.chooseModel('gemini-1.5-flash');
		expect(await editor.shownParameters()).toEqual([]);
		const stored = await editor.storedParameters<Stored>(
			...[id, NODE],
			(node) => node.model?.value === 'gemini-1.5-flash',
		);
		expect(valuesOf(stored)).toEqual({});
	});

	test('another operation, and another resource, leave no model that does not fit', async () => {
		await editor.openNode(NODE);
		await editor.chooseModel('openai/gpt-4o-mini');
		await editor.chooseOption('operation', 'Message a Model (Responses API)');
		await editor.storedParameters<Stored>(id, NODE, (node) => !node.model?.value);
		await editor.chooseModel('openai/gpt-5-5-pro');
		await editor.chooseOption('resource', 'Image');
		await editor.storedParameters<Stored>(id, NODE, (node) => !node.model?.value);
		expect(await editor.by('rlc-input').inputValue()).toBe('');
	});

	test('a parameter that is added opens at its documented default, and stores it', async () => {
		await editor.openNode('Draw');
		await editor.chooseModel('flux/schnell');
		await editor.addParameter('Enable Safety Checker');
		const { modelParameters } = await editor.storedParameters<Stored>(
			...[id, 'Draw'],
			(node) => 'enable_safety_checker' in valuesOf(node),
		);
		expect(modelParameters?.value).toEqual({ enable_safety_checker: true });
		const field = editor.by('resource-mapper-container');
		expect(await field.getByRole('switch').getAttribute('aria-checked')).toBe('true');
		expect(await editor.complaints()).toBe(0);
	});
});

describe('a field of the input', () => {
	let id: string;
	const items = [{ json: { question: 'What is n8n?', model: 'openai/gpt-4o-mini' } }];

	beforeAll(async () => {
		const nodes = [
			countingNodes(1)[0],
			aimlApiNode(NODE, { model: inList(''), messages: emptyMessage }),
		];
		const workflow = chain('panelDragging001', nodes);
		id = await editor.openNewWorkflow({ ...workflow, pinData: { Numbers: items } });
		await editor.openNode(NODE);
	});

	afterAll(async () => await editor.closeNode());

	test('a field that is dragged onto Content becomes an expression', async () => {
		await editor.dragField('question', 'parameter-input-content');
		const { messages } = await editor.storedParameters<Stored>(
			...[id, NODE],
			(node) => !!node.messages?.values?.[0].content,
		);
		expect(messages?.values?.[0].content).toBe('={{ $json.question }}');
	});

	test('a field that is dragged onto Model becomes the ID of the model', async () => {
		await editor.dragField('model', 'resource-locator-model');
		const stored = await editor.storedParameters<Stored>(id, NODE, (node) => !!node.model?.value);
		expect(modelOf(stored)).toEqual({ mode: 'id', value: '={{ $json.model }}' });
		await editor.screenshot('dragged-fields');
	});
});

describe('a model that is picked without the mouse', () => {
	test('the keyboard picks a model from the list', async () => {
		const node = aimlApiNode(NODE, { model: inList(''), messages: emptyMessage });
		const id = await editor.openNewWorkflow(chain('panelKeyboard001', [node]));
		await editor.openNode(NODE);
		await editor.openModels();
		await editor.searchModels('flash gemini');
		await editor.page.keyboard.press('ArrowDown');
		await editor.page.keyboard.press('Enter');
		const stored = await editor.storedParameters<Stored>(id, NODE, ({ model }) => !!model?.value);
		expect(stored.model?.value).toMatch(/gemini.*flash/);
		await editor.closeNode();
	});
});

describe('a model that gained parameters after the node was stored', () => {
	test('the node shows only what was set, and looking at it changes nothing', async () => {
		const maxTokens = { id: 'max_tokens', displayName: 'Max Tokens', display: true };
		const modelParameters = {
			mappingMode: 'defineBelow',
			value: { max_tokens: 200 },
			schema: [{ ...maxTokens, type: 'number', removed: false }],
		};
		const node = aimlApiNode(NODE, { messages, modelParameters });
		await editor.openNewWorkflow(chain('panelGained00001', [node]));
		editor.saved.length = 0;
		const fields = editor.parameterFields();
		await editor.openNode(NODE);
		await fields;
		expect(await editor.shownParameters()).toEqual(['max_tokens']);
		await editor.closeNode();
		expect(editor.saved).toEqual([]);
	});
});

describe('files', () => {
	const url = 'https://example.com/contract.pdf';
	const attachments = { values: [{ source: 'url', url }] };
	let id: string;

	beforeAll(async () => {
		const nodes = [
			aimlApiNode('New', { messages }),
			aimlApiNode('Older', { messages, attachments, simplify: false }),
			aimlApiNode('Edit', {
				resource: 'image',
				operation: 'edit',
				model: inList('openai/gpt-image-2'),
				prompt: 'Add a hat',
				files: attachments,
			}),
		];
		id = await editor.openNewWorkflow(chain('panelFiles000001', nodes));
	});

	afterEach(async () => await editor.closeNode());

	test('an attachment is an option of a message', async () => {
		await editor.openNode('New');
		expect(await editor.by('fixed-collection-attachments').count()).toBe(0);
		await editor.addField('options', 'Attachments');
		await editor.by('fixed-collection-attachments').getByText('Add Attachment').click();
		await editor.by('parameter-input-source').waitFor();
		await editor.screenshot('attachment');
		await editor.storedParameters<Stored>(id, 'New', ({ options }) => !!options?.attachments);
	});

	test('the fields of an older workflow that are options now still show, and looking changes nothing', async () => {
		editor.saved.length = 0;
		await editor.openNode('Older');
		await editor.by('fixed-collection-attachments').waitFor();
		await editor.by('parameter-input-simplify').waitFor();
		expect(await editor.by('parameter-input-url').locator('input').inputValue()).toBe(url);
		await editor.closeNode();
		expect(editor.saved).toEqual([]);
	});

	test('a file gets the parameter of the model that it is for when the field is added', async () => {
		await editor.openNode('Edit');
		expect(await editor.by('parameter-input-parameter').count()).toBe(0);
		const listed = editor.page.waitForResponse(/dynamic-node-parameters\/options/);
		await editor.addField('entry', 'Parameter Name or ID');
		await listed;
		await editor.chooseOption('parameter', 'Mask');
		const { files } = await editor.storedParameters<Stored>(
			...[id, 'Edit'],
			(node) => !!node.files?.values?.[0].parameter,
		);
		expect(files?.values).toEqual([{ source: 'url', url, parameter: 'mask' }]);
	});
});

describe('pinned data', () => {
	test("'Execute step' asks once, and a node whose data is pinned asks no more", async () => {
		await editor.openNewWorkflow(chain('panelPinning0001', [aimlApiNode(NODE, { messages })]));
		const before = (await editor.calls()).length;
		await editor.openNode(NODE);
		await editor.executeStep();
		expect((await editor.calls()).length).toBe(before + 1);
		await editor.by('ndv-pin-data').click();
		await editor.by('ndv-pinned-data-callout').waitFor();
		await editor.closeNode();
		await editor.executeWorkflow(1);
		expect((await editor.calls()).length).toBe(before + 1);
	});
});

test('the editor asks nobody but n8n itself', () => {
	expect(editor.contacted).toEqual([]);
});
