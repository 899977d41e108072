import type { Execution } from '../../harness/n8nRest';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import { agent, chatModel, modelChain } from '../../harness/workflows/agents';
import { withSubNodes } from '../../harness/workflows/subNodes';
import {
	aimlApiCredential,
	aimlApiNode,
	byId,
	chain,
	countingNodes,
	jsonNode,
	LANGCHAIN,
	type NodePart,
	type Workflow,
} from '../../harness/workflows/workflow';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

const image = (options: object = {}): NodePart =>
	aimlApiNode('Image', {
		resource: 'image',
		operation: 'generate',
		model: byId('flux/schnell'),
		prompt: 'A lantern',
		options,
	});

const store: NodePart = {
	name: 'Store',
	type: `${LANGCHAIN}.vectorStoreInMemory`,
	typeVersion: 1.3,
	parameters: { mode: 'insert', memoryKey: byId('money') },
};

/** Outputs the execution's custom data. A Code node, since n8n's expressions don't see what was just set. */
const figures = (name = 'Figures'): NodePart => ({
	name,
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: 'return [{ json: $execution.customData.getAll() }];' },
});

const resumeUrl = jsonNode('Resume URL', '={{ { resumeUrl: $execution.resumeUrl } }}');

const wait: NodePart = {
	name: 'Wait',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'webhook', options: {} },
};

const embeddings = {
	name: 'Embeddings',
	type: 'n8n-nodes-aimlapi-models.embeddingsAimlApi',
	typeVersion: 1,
	parameters: { model: byId('text-embedding-3-small') },
	credentials: aimlApiCredential,
	connection: 'ai_embedding',
	serves: ['Store'],
};

const documents = {
	name: 'Documents',
	type: `${LANGCHAIN}.documentDefaultDataLoader`,
	typeVersion: 1.1,
	parameters: { jsonMode: 'expressionData', jsonData: '={{ $json.output }}', options: {} },
	connection: 'ai_document',
	serves: ['Store'],
};

/** The workflow with these options in all nodes of this package. */
const withOptions = (workflow: Workflow, options: object): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-aimlapi-models.')
			? { ...node, parameters: { ...node.parameters, options } }
			: node,
	),
});

/** Ten items through an agent with two tools, one at a time, then embeddings and an image. */
function looped(id: string): Workflow {
	const one = agent(id, 3.1, chatModel('openai/gpt-4o-mini'));
	const [trigger, agentNode, ...subNodes] = one.nodes;
	const row = chain(`${id}-row`, [
		...countingNodes(10),
		{
			name: 'Loop',
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			parameters: { batchSize: 1, options: {} },
		},
		store,
		image(),
		figures(),
	]);
	const nodes = row.nodes.map((node) => (node.name === trigger.name ? trigger : node));
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	return withSubNodes(
		{
			...row,
			...{ id, name: id },
			nodes: [...nodes, { ...agentNode, position: [600, 200] }, ...subNodes],
			connections: {
				...one.connections,
				...row.connections,
				Loop: { main: [to('Store'), to('Agent')] },
				Agent: { main: [to('Loop')] },
			},
		},
		[embeddings, documents],
	);
}

const waiting = (id: string, options: object = {}): Workflow =>
	chain(id, [
		aimlApiNode('Before', { messages: { values: [{ role: 'user', content: 'Hello' }] } }),
		figures('At the Wait'),
		resumeUrl,
		wait,
		image(options),
		figures(),
	]);

const drawing = (id: string): Workflow => {
	const one = agent(id, 3.1, chatModel('sandbox/image-answer'), 'Draw a lantern');
	const fetchImage: NodePart = {
		name: 'Fetch',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: '={{ $json.output.match(/\\((http[^)]+)\\)/)[1] }}',
			options: { response: { response: { responseFormat: 'file' } } },
		},
	};
	return {
		...one,
		nodes: [...one.nodes, { ...fetchImage, id: `${id}-fetch`, position: [700, 0] }],
		connections: {
			...one.connections,
			Agent: { main: [[{ node: 'Fetch', type: 'main', index: 0 }]] },
		},
	};
};

/** About 3000 tokens, enough for a provider to cache. */
const LONG = 'Answer in one short sentence. '.repeat(400);

/** An agent with a calculator and a memory over four items, with two turns for each. */
const remembering = (id: string, promptCaching: string): Workflow =>
	modelChain(
		id,
		countingNodes(4),
		{
			name: 'Agent',
			type: `${LANGCHAIN}.agent`,
			typeVersion: 3.1,
			parameters: {
				promptType: 'define',
				text: '=Use the calculator for 17 * {{ $json.n + 2 }}',
				options: { systemMessage: LONG },
			},
		},
		chatModel('anthropic/claude-opus-4-5', { options: { promptCaching } }),
		[
			{
				name: 'Calculator',
				type: `${LANGCHAIN}.toolCalculator`,
				typeVersion: 1,
				parameters: {},
				connection: 'ai_tool',
				serves: ['Agent'],
			},
			{
				name: 'Memory',
				type: `${LANGCHAIN}.memoryBufferWindow`,
				typeVersion: 1.3,
				parameters: { sessionIdType: 'customKey', sessionKey: id, contextWindowLength: 20 },
				connection: 'ai_memory',
				serves: ['Agent'],
			},
		],
	);

const greeting = (id: string, promptCaching: string): Workflow =>
	chain(id, [
		...countingNodes(100),
		aimlApiNode('Greet', {
			model: byId('google/gemini-2.5-flash'),
			messages: {
				values: [
					{ role: 'system', content: LONG },
					{ role: 'user', content: '=Say hello to {{ $json.n }}' },
				],
			},
			options: { promptCaching },
		}),
	]);

/** The agent spends more than this before its tenth item. */
const LIMIT_USD = 0.0005;

const workflows = [
	looped('moneyLooped00001'),
	withOptions(looped('moneyLooped00002'), { executionCostLimit: LIMIT_USD }),
	...['off', '5m'].map((caching) => remembering(`moneyAgent_${caching}`, caching)),
	...['off', '5m'].map((caching) => greeting(`moneyItems_${caching}`, caching)),
	waiting('moneyWaiting0001'),
	waiting('moneyWaiting0002', { executionCostLimit: 0.0000001 }),
	chain('moneyDrawing0001', [
		aimlApiNode('Draw', {
			model: byId('sandbox/image-answer'),
			messages: { values: [{ role: 'user', content: 'Draw a lantern' }] },
		}),
	]),
	drawing('moneyDrawing0002'),
];
const n8n = useN8n(async () => await preparedN8n(workflows));

const figuresOf = (execution: Execution, node = 'Figures') => itemsOf(execution.data, node)[0].json;

test('an agent over ten items, embeddings and an image cost what the API billed', async () => {
	const execution = await n8n.rest.runWorkflow('moneyLooped00001', 'Run');
	expectSuccess(execution);
	const { requestLog } = n8n.sandbox;
	const paths = new Set(requestLog.calls.filter(({ usd }) => usd > 0).map(({ path }) => path));
	expect([...paths].sort()).toEqual([
		'/v1/chat/completions',
		'/v1/embeddings',
		'/v1/images/generations',
	]);
	expect(requestLog.paidCalls).toBeGreaterThanOrEqual(32);
	const { aimlapi_cost_usd: usd, aimlapi_calls: calls } = figuresOf(execution);
	expect(Number(usd)).toBeCloseTo(requestLog.usd, 9);
	expect(calls).toBe(String(requestLog.paidCalls));
});

test('the limit of an execution with a loop lets no call through once it is reached', async () => {
	const execution = await n8n.rest.runWorkflow('moneyLooped00002', 'Run');
	const { message } = execution.data.resultData.error!;
	expect(message).toMatch(
		/^The cost limit of \$0\.0005 for this execution is reached: .*'Translate' \$0\.0.*'Chat Model' \$0\.0/,
	);
	const paid = n8n.sandbox.requestLog.calls.map(({ usd }) => usd).filter((usd) => usd > 0);
	const upTo = (count: number) => paid.slice(0, count).reduce((sum, usd) => sum + usd, 0);
	expect(paid.length).toBeGreaterThan(3);
	expect(upTo(paid.length)).toBeGreaterThanOrEqual(LIMIT_USD);
	expect(upTo(paid.length - 1)).toBeLessThan(LIMIT_USD);
});

/** Runs a workflow to its Wait node and, once n8n has stored it, to its end. */
async function runOverWait(workflowId: string): Promise<Execution> {
	const executionId = await n8n.rest.startWorkflow(workflowId);
	const { data } = await n8n.rest.waitingExecution(executionId);
	const [resumeUrl] = /http[^"]+webhook-waiting[^"]+/.exec(JSON.stringify(data))!;
	await fetch(resumeUrl);
	return await n8n.rest.execution(executionId);
}

test('what was spent before a wait counts after it', async () => {
	const execution = await runOverWait('moneyWaiting0001');
	const [before, after] = ['At the Wait', 'Figures'].map((node) => figuresOf(execution, node));
	expect(before.aimlapi_calls).toBe('1');
	expect(after.aimlapi_calls).toBe('2');
	expect(Number(after.aimlapi_cost_usd)).toBeCloseTo(n8n.sandbox.requestLog.usd, 9);
});

test('the limit holds after a wait', async () => {
	const execution = await runOverWait('moneyWaiting0002');
	expect(execution.data.resultData.error?.message).toContain("'Before' $0.0");
	expect(n8n.sandbox.requestLog.paidCalls).toBe(1);
});

test('an image that a chat model makes is a binary of Message a Model', async () => {
	const execution = await n8n.rest.runWorkflow('moneyDrawing0001', 'Run');
	const [{ binary }] = itemsOf(execution.data, 'Draw');
	const { id } = binary!.data as { id: string };
	expect((await n8n.rest.file(id)).subarray(1, 4).toString()).toBe('PNG');
});

test('an image that an agent’s model makes can be fetched behind the agent', async () => {
	const execution = await n8n.rest.runWorkflow('moneyDrawing0002', 'Run');
	expectSuccess(execution);
	const [{ binary }] = itemsOf(execution.data, 'Fetch');
	const { id, mimeType } = binary!.data as { id: string; mimeType: string };
	expect(mimeType).toBe('image/png');
	expect((await n8n.rest.file(id)).subarray(1, 4).toString()).toBe('PNG');
});

/** US dollars that the cache saved over all calls of a chat model, according to the run log. */
const savedByModel = ({ data }: Execution): number =>
	data.resultData.runData['Chat Model']
		.map(({ data: logged }) => (logged as unknown as LoggedModelCall).ai_languageModel[0][0].json)
		.map(({ response }) => response.generations[0][0].generationInfo.cost.savedUsd ?? 0)
		.reduce((sum, usd) => sum + usd);

interface LoggedModelCall {
	ai_languageModel: [
		[
			{
				json: {
					response: { generations: [[{ generationInfo: { cost: { savedUsd?: number } } }]] };
				};
			},
		],
	];
}

const savedByItems = ({ data }: Execution): number =>
	itemsOf(data, 'Greet')
		.map(({ json }) => (json.cost as { savedUsd?: number }).savedUsd ?? 0)
		.reduce((sum, usd) => sum + usd);

test.each([
	['an agent of 8 turns', 'moneyAgent', 8, savedByModel],
	['100 items with one long system prompt', 'moneyItems', 100, savedByItems],
])(
	'with caching, %s cost at most 35 % of their uncached input, and say what it saved',
	async (_, workflow, calls, savedIn) => {
		const { requestLog } = n8n.sandbox;
		const run = async (caching: string) => {
			requestLog.clear();
			const execution = await n8n.rest.runWorkflow(`${workflow}_${caching}`, 'Run');
			expectSuccess(execution);
			expect(requestLog.paidCalls).toBe(calls);
			return { execution, usd: requestLog.usd };
		};
		const uncached = await run('off');
		const cached = await run('5m');
		expect(cached.usd).toBeLessThanOrEqual(0.35 * uncached.usd);
		// The API bills each call in whole credits, half a millionth of a dollar each.
		const rounding = 2 * calls * 5e-7;
		expect(Math.abs(savedIn(cached.execution) - (uncached.usd - cached.usd))).toBeLessThan(
			rounding,
		);
	},
);
