import {
	aimlApiCredential,
	aimlApiNode,
	byId,
	chain,
	countingNodes,
	type Workflow,
} from '../../harness/workflows/workflow';
import { EditorPage } from './support/editorPage';
import { uiEnvironment } from './support/environment';

jest.setTimeout(300_000);

interface Case {
	title: string;
	/** Fields of the node, over those of a message that works. */
	fields: Record<string, unknown>;
	/** The credential; by default the right one. */
	credential?: 'wrongKey' | 'deadHost';
	message: string;
	description: string;
	/** Whether the API sent the error; only then may the editor say so. */
	isAnswer?: boolean;
}

const messages = { values: [{ role: 'user', content: 'What is n8n?' }] };
const parameters = (value: object) => ({ mappingMode: 'defineBelow', value, schema: [] });

const CASES: Case[] = [
	{
		title: 'a model of another kind',
		fields: { model: byId('flux/schnell') },
		message: "'flux/schnell' isn't a chat model",
		description: "use 'Generate an Image'",
		isAnswer: true,
	},
	{
		title: 'a model that nobody has',
		fields: { model: byId('openai/gpt-99') },
		message: 'openai/gpt-99',
		description: "Choose a model from the list in 'Model'",
		isAnswer: true,
	},
	{
		title: 'a value out of its range',
		fields: { modelParameters: parameters({ temperature: 5 }) },
		message: "'Temperature' must be a number between 0 and 2, but is 5",
		description: "Change the value in 'Model Parameters'",
	},
	{
		title: 'a missing file',
		fields: {
			options: { attachments: { values: [{ source: 'binary', binaryPropertyName: 'data' }] } },
		},
		message: "The item has no binary field 'data'",
		description: "set 'Source' to 'URL'",
	},
	{
		title: 'a wrong key',
		fields: {},
		credential: 'wrongKey',
		message: 'API key',
		description: 'aimlapi.com/app/keys',
		isAnswer: true,
	},
	{
		title: 'a host that does not answer',
		fields: { options: { maxRetries: 0 } },
		credential: 'deadHost',
		message: '127.0.0.1:9',
		description: 'credential',
	},
	{
		title: 'a time-out of n8n',
		fields: { requestOptions: { timeout: 1 } },
		message: 'did not answer within',
		description: "Raise 'Timeout' under 'Request Options'",
	},
	{
		title: 'a proxy that is down',
		fields: { requestOptions: { proxy: 'http://127.0.0.1:9' }, options: { maxRetries: 0 } },
		message: "The proxy 127.0.0.1:9 can't be reached",
		description: "'Proxy' under 'Request Options'",
	},
];

/** Asks a model that doesn't exist for every other item. */
const HALF_WRONG = {
	model: byId("={{ $json.n % 2 ? 'openai/gpt-99' : 'openai/gpt-4o-mini' }}"),
	messages,
};

const MODES = [
	['Stop', 'stopWorkflow'],
	['Go On', 'continueRegularOutput'],
	['Branch', 'continueErrorOutput'],
] as const;

let editor: EditorPage;
/** Paths of the credentials for the cases. */
const made: string[] = [];

beforeAll(async () => {
	editor = await EditorPage.open();
});

afterEach(async () => await editor.closeNode());

afterAll(async () => await editor?.close('errors'));

describe('an error', () => {
	beforeAll(async () => {
		await editor.openNewWorkflow(await casesWorkflow());
	});

	// The editor gives a new node the latest credential.
	afterAll(async () => {
		for (const path of made) await editor.rest.request('DELETE', path);
	});

	test.each(CASES)('an error of $title says what is wrong and what to do', async (expected) => {
		await editor.openNode(expected.title);
		await editor.executeStep();
		const shown = await editor.by('output-panel').innerText();
		expect(shown).toContain(expected.message);
		expect(shown).toContain(expected.description);
		expect(shown).not.toMatch(/undefined|\[object|\bnone\b/);
		expect(shown.includes('From AI/ML API')).toBe(expected.isAnswer === true);
		await editor.screenshot(`error-${expected.title.replace(/ /g, '-')}`);
	});
});

/** Every case as a node of its own behind one trigger. */
async function casesWorkflow(): Promise<Workflow> {
	const { sandboxUrl } = uiEnvironment();
	const create = async (name: string, data: object) => {
		const { id: credentialId } = await editor.rest.request<{ id: string }>(
			'POST',
			'/rest/credentials',
			{ name, type: 'aimlApi', data },
		);
		made.push(`/rest/credentials/${credentialId}`);
		return { aimlApi: { id: credentialId, name } };
	};
	const credentials = {
		wrongKey: await create('Wrong key', { apiKey: 'wrong', url: sandboxUrl }),
		deadHost: await create('Dead host', { apiKey: 'any', url: 'http://127.0.0.1:9' }),
	};
	const nodes = CASES.map(({ title, fields }) => aimlApiNode(title, { messages, ...fields }));
	const workflow = chain('errorCases000001', nodes);
	const [trigger, ...cases] = workflow.nodes;
	return {
		...workflow,
		nodes: [
			trigger,
			...cases.map((node, index) => {
				const { credential } = CASES[index];
				return {
					...node,
					position: [300, index * 160] as [number, number],
					credentials: credential ? credentials[credential] : aimlApiCredential,
				};
			}),
		],
		connections: {
			Run: { main: [CASES.map(({ title }) => ({ node: title, type: 'main', index: 0 }))] },
		},
	};
}

describe("'On Error'", () => {
	beforeAll(async () => {
		await editor.openNewWorkflow(modesWorkflow());
	});

	test("'On Error' set to 'Stop Workflow' names the item that failed", async () => {
		await editor.openNode('Stop');
		await editor.executeStep();
		const output = editor.by('output-panel');
		// n8n adds the item to the message when it has the input.
		await output.getByText(/openai\/gpt-99.*\[item 1\]/).waitFor();
	});

	test("'On Error' set to 'Continue' keeps all items in their order", async () => {
		await editor.openNode('Go On');
		await editor.executeStep();
		const output = editor.by('output-panel');
		await output.getByText('4 items').first().waitFor();
		await output.locator('[data-test-id="radio-button-table"]').click();
		const rows = (await output.locator('tbody tr').allInnerTexts()).filter(Boolean);
		expect(rows.map((row) => row.includes('openai/gpt-99'))).toEqual([false, true, false, true]);
		await editor.screenshot('on-error-continue');
	});

	test("'On Error' set to 'Continue (using error output)' sends each half to its branch", async () => {
		await editor.openNode('Branch');
		await editor.executeStep();
		const output = editor.by('output-panel');
		await output.getByText('2 items').first().waitFor();
		await editor.closeNode();
		expect(await editor.by('canvas').getByText('2 items', { exact: true }).count()).toBe(2);
		await editor.screenshot('on-error-branch');
	});
});

function modesWorkflow(): Workflow {
	const nodes = MODES.map(([name]) => aimlApiNode(name, HALF_WRONG));
	const workflow = chain('errorModes000001', [...countingNodes(4), ...nodes]);
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			const mode = MODES.find(([name]) => name === node.name)?.[1];
			return mode ? { ...node, onError: mode } : node;
		}),
		connections: {
			Run: workflow.connections.Run,
			Numbers: workflow.connections.Numbers,
			Items: { main: [MODES.map(([node]) => ({ node, type: 'main', index: 0 }))] },
		},
	};
}
