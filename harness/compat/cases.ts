import type { FaultRule, Sandbox } from '../../sandbox';
import type { ChatChunk } from '../n8nChat';
import { itemsOf, type OutputItem, type RunData } from '../runData';
import {
	agent,
	BOTH_TOOLS,
	CALCULATED,
	chatAgent,
	chatModel,
	codeTranslator,
	modelChain,
} from '../workflows/agents';
import { aimlApiCredential, withSubNodes, type SubNodePart } from '../workflows/subNodes';
import {
	aimlApiNode,
	chain,
	countingNodes,
	type Workflow,
	type WorkflowNode,
} from '../workflows/workflow';

/** What a case left behind. */
export interface Outcome {
	data: RunData;
	/** The requests that reached the API, in order of arrival. */
	calls: Sandbox['requestLog']['calls'];
	/** The pieces that a chat got, one by one; none for another workflow. */
	chunks: ChatChunk[];
}

/** One workflow, and whether what came of it is right. */
export interface Case {
	name: string;
	workflow: Workflow;
	faults?: FaultRule[];
	/** A message to its public chat, below its own id, which runs it in place of its button. */
	chat?: string;
	isRight(outcome: Outcome): boolean;
}

type NodePart = Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> &
	Partial<WorkflowNode>;

const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const CHAT = '/v1/chat/completions';
const MODEL = 'openai/gpt-4o-mini';

const model = (id: string) => ({ model: { __rl: true, mode: 'id', value: id } });
const files = { values: [{ source: 'binary', binaryPropertyName: 'data', parameter: '' }] };
const options = { pollInterval: 0.1 };
const message = (content: string) => ({ messages: { values: [{ role: 'user', content }] } });

const node = (name: string, parameters: Record<string, unknown>): NodePart =>
	aimlApiNode(name, parameters);

const picture = node('Picture', {
	resource: 'image',
	operation: 'generate',
	...model('flux/schnell'),
	prompt: 'A cat',
	options,
});
const speech = node('Speech', {
	resource: 'audio',
	operation: 'speak',
	...model('openai/gpt-4o-mini-tts'),
	text: 'Hello',
	options,
});

const question = node('Question', message('Hello'));
const batch = node('Batch', {
	resource: 'batch',
	operation: 'create',
	...model('anthropic/claude-opus-4-5'),
	...message('Hello'),
});
const ofBatch = { resource: 'batch', batchId: '={{ $json.batchId }}' };

const outputOf = (data: RunData, name = 'Node', output = 0): OutputItem[] =>
	itemsOf(data, name, output);
const first = (data: RunData, name = 'Node'): Record<string, unknown> =>
	outputOf(data, name)[0]?.json ?? {};

/** An operation of the node, behind those that make its input, and what its first item has to have. */
const operation = (
	name: string,
	before: NodePart[],
	parameters: Record<string, unknown>,
	isRight: (json: Record<string, unknown>, item: OutputItem) => boolean,
): Case => ({
	name,
	workflow: chain(name, [...before, node('Node', parameters)]),
	isRight: ({ data }) => {
		const [item] = outputOf(data);
		return item !== undefined && isRight(item.json, item);
	},
});

const isFile = ({ fileSize }: Record<string, unknown>, { binary }: OutputItem): boolean =>
	typeof fileSize === 'number' && fileSize > 0 && binary?.data !== undefined;
const isText = ({ text }: Record<string, unknown>): boolean => typeof text === 'string' && !!text;

const isId = (value: unknown): boolean => typeof value === 'string' && !!value;

/** What the account says after a request. */
const account = (
	name: string,
	operationName: string,
	isRight: (json: Record<string, unknown>) => boolean,
): Case =>
	operation(
		`Account: ${name}`,
		[question],
		{ resource: 'account', operation: operationName },
		isRight,
	);

const operations: Case[] = [
	operation(
		'Chat: Message a Model',
		[],
		{ ...message('Hello') },
		(json) => isText(json) && typeof (json.cost as { usd?: unknown }).usd === 'number',
	),
	operation(
		'Chat: Generate a Model Response',
		[],
		{ operation: 'respond', ...model('openai/gpt-5-5-pro'), ...message('Hello') },
		isText,
	),
	operation('Image: Generate', [], { ...picture.parameters }, isFile),
	operation(
		'Image: Edit',
		[picture],
		{
			...{ resource: 'image', operation: 'edit', ...model('openai/gpt-image-2') },
			...{ prompt: 'A hat', files: { values: [{ ...files.values[0], parameter: 'image' }] } },
		},
		isFile,
	),
	operation(
		'Video: Generate',
		[],
		{
			...{ resource: 'video', operation: 'generate', ...model('google/veo-3.1-t2v-fast') },
			...{ prompt: 'A boat', options },
		},
		isFile,
	),
	operation('Audio: Generate Speech', [], { ...speech.parameters }, isFile),
	operation(
		'Audio: Generate Music',
		[],
		{
			...{ resource: 'audio', operation: 'compose', ...model('stable-audio') },
			...{ prompt: 'Rain', options },
		},
		isFile,
	),
	operation(
		'Audio: Transcribe',
		[speech],
		{
			...{ resource: 'audio', operation: 'transcribe', ...model('openai/gpt-4o-mini-transcribe') },
			...{ files, options },
		},
		isText,
	),
	operation(
		'Document: Extract Text',
		[picture],
		{ resource: 'document', operation: 'extractText', ...model('mistral-ocr-latest'), files },
		isText,
	),
	operation(
		'Embedding: Create',
		[],
		{
			...{ resource: 'embedding', operation: 'create', ...model('text-embedding-3-small') },
			input: 'Hello',
		},
		({ embedding }) => Array.isArray(embedding),
	),
	operation(
		'Generation: Get',
		[
			node('Start', {
				...{ resource: 'video', operation: 'generate', ...model('google/veo-3.1-t2v-fast') },
				...{ prompt: 'A boat', options: { waitForCompletion: false } },
			}),
		],
		{
			...{ resource: 'generation', operation: 'get', kind: 'video' },
			...{ generationId: '={{ $json.generationId ?? $json.id }}', options },
		},
		isFile,
	),
	operation('Batch: Create', [], { ...batch.parameters }, ({ batchId }) => isId(batchId)),
	operation(
		'Batch: Get Results',
		[batch],
		{ ...ofBatch, operation: 'get', options },
		(json) => json.customId === '0' && isText(json),
	),
	operation('Batch: Cancel', [batch], { ...ofBatch, operation: 'cancel' }, ({ batchId }) =>
		isId(batchId),
	),
	operation(
		'Model: Get',
		[],
		{ resource: 'model', operation: 'get', ...model(MODEL) },
		({ id }) => id === MODEL,
	),
	operation(
		'Model: Get Many',
		[],
		{ resource: 'model', operation: 'getAll', returnAll: false, limit: 5 },
		({ id }) => typeof id === 'string',
	),
	account('Get Balance', 'getBalance', ({ balance }) => typeof balance === 'number'),
	account('Get Key', 'getKey', ({ scopes }) => Array.isArray(scopes)),
	account('Get Many Requests', 'getRequests', ({ model: asked }) => asked === MODEL),
	account('Get Many Transactions', 'getTransactions', ({ created }) => isId(created)),
	account('Get Usage', 'getUsage', ({ requests }) => Number(requests) > 0),
	account('Get Usage by Day and Model', 'getUsageDetail', ({ requests }) => Number(requests) > 0),
];

/** Four items of which the third is refused. */
const oneOfFour = (name: string, onError: string, isRight: Case['isRight']): Case => {
	const four = node('Node', message('=Number {{ $json.n }}'));
	const workflow = chain(name, [...countingNodes(4), four]);
	const nodes = workflow.nodes.map((part) => (part.name === 'Node' ? { ...part, onError } : part));
	const faults = [{ when: { path: CHAT, contains: 'Number 2' }, do: { status: 400 } }];
	return { name, workflow: { ...workflow, nodes }, faults, isRight };
};

const failures: Case[] = [
	oneOfFour(
		'One of four items fails: stop',
		'stopWorkflow',
		({ data }) => data.resultData.error !== undefined,
	),
	oneOfFour('One of four items fails: continue', 'continueRegularOutput', ({ data }) => {
		const items = outputOf(data);
		return items.length === 4 && items.filter(({ json }) => json.error).length === 1;
	}),
	oneOfFour(
		'One of four items fails: error output',
		'continueErrorOutput',
		({ data }) => outputOf(data).length === 3 && outputOf(data, 'Node', 1).length === 1,
	),
	{
		name: 'A time-out is told',
		workflow: chain('timeout', [
			node('Node', { ...message('Hello'), options: { timeout: 1, maxRetries: 0 } }),
		]),
		faults: [{ when: { path: CHAT }, do: { delayMs: 3_000 } }],
		isRight: ({ data }) => data.resultData.error?.message === 'The API did not answer within 1 s',
	},
	{
		name: 'A connection that broke is retried',
		workflow: chain('reset', [node('Node', message('Hello'))]),
		faults: [{ when: { path: CHAT, nth: 1 }, do: { reset: 'before' } }],
		isRight: ({ data, calls }) => isText(first(data)) && calls.length === 2,
	},
];

const BOTH = 'Translate "bread" and use the calculator';
const callsTo = ({ calls }: Outcome, id: string) =>
	calls.filter((call) => call.path === CHAT && call.model === id);

/** The agent calls both tools in one turn, ours asks its own model, and the answer follows from them. */
const usesBothTools =
	(id: string): Case['isRight'] =>
	(outcome) =>
		typeof first(outcome.data, 'Agent').output === 'string' &&
		callsTo(outcome, id).length === 2 &&
		callsTo(outcome, 'openai/gpt-4o').length === 1;

/** The agent calls both tools in one turn, and its model reads what each of them says. */
const readsBothTools =
	(id: string, translation: string): Case['isRight'] =>
	(outcome) => {
		const asked = callsTo(outcome, id);
		const read = JSON.stringify(asked[1]?.body ?? '');
		return (
			asked.length === 2 &&
			read.includes('391') &&
			read.includes(translation) &&
			String(first(outcome.data, 'Agent').output).includes(CALCULATED)
		);
	};

const agentWithCode = (id: string, version: number, model: string, jsCode: string): Workflow =>
	agent(id, version, chatModel(model), BOTH_TOOLS, codeTranslator(jsCode));

/** With tools of n8n alone, since the oldest n8n runs no node like ours as a tool. */
const firstAgents: Case[] = [1.6, 1.7, 1.8].flatMap((version): Case[] => [
	{
		name: `AI Agent ${version}: two tools at once`,
		workflow: agentWithCode(`agent${version}`, version, MODEL, "return 'pan'"),
		isRight: readsBothTools(MODEL, 'pan'),
	},
	{
		name: `AI Agent ${version}: a thinking model that must get its reasoning back`,
		workflow: agentWithCode(
			`thinking${version}`,
			version,
			'sandbox/needs-reasoning',
			"return 'pan'",
		),
		isRight: readsBothTools('sandbox/needs-reasoning', 'pan'),
	},
	{
		name: `AI Agent ${version}: its model reads why a tool failed`,
		workflow: agentWithCode(`failing${version}`, version, MODEL, "throw new Error('No such word')"),
		isRight: readsBothTools(MODEL, 'No such word'),
	},
]);

/** The oldest agent that people still have, and this node as its tool. */
const nodeAsTool: Case = {
	name: 'AI Agent 1.8: two tools at once, one of them this node',
	workflow: agent('node1.8', 1.8, chatModel(MODEL), BOTH),
	isRight: usesBothTools(MODEL),
};

const agents: Case[] = [2.2, 3.1].flatMap((version): Case[] => [
	{
		name: `AI Agent ${Math.floor(version)}: two tools at once, one of them this node`,
		workflow: agent(`agent${version}`, version, chatModel(MODEL), BOTH),
		isRight: usesBothTools(MODEL),
	},
	{
		name: `AI Agent ${Math.floor(version)}: a thinking model that must get its reasoning back`,
		workflow: agent(`thinking${version}`, version, chatModel('sandbox/needs-reasoning'), BOTH),
		isRight: usesBothTools('sandbox/needs-reasoning'),
	},
	{
		name: `AI Agent ${Math.floor(version)}: its model reads why a tool failed`,
		workflow: agent(`failing${version}`, version, chatModel(MODEL), BOTH),
		faults: [
			{
				when: { path: CHAT, model: 'openai/gpt-4o' },
				do: { status: 400, message: 'No such word' },
			},
		],
		isRight: (outcome) =>
			JSON.stringify(callsTo(outcome, MODEL)[1]?.body ?? '').includes('No such word'),
	},
]);

const streaming: Case = {
	name: 'AI Agent 3: a chat gets the answer piece by piece, after two tools at once',
	workflow: chatAgent('streaming', chatModel(MODEL)),
	chat: BOTH,
	isRight: (outcome) => {
		const pieces = outcome.chunks.filter(({ type, content }) => type === 'item' && content);
		const asked = callsTo(outcome, MODEL);
		return (
			pieces.length > 2 &&
			asked.length === 2 &&
			asked.every(({ body }) => (body as { stream?: boolean }).stream === true) &&
			callsTo(outcome, 'openai/gpt-4o').length === 1
		);
	},
};

const texts = (count: number, text: string): NodePart[] => [
	...countingNodes(count),
	{
		name: 'Texts',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: `={{ { text: ${text} } }}`, options: {} },
	},
];

const COMPLAINT = "'A technical question, urgent: the bicycle from Oslo does not start.'";

const chainNode = (type: string, typeVersion: number, parameters: object): NodePart => ({
	name: 'Chain',
	type: `${LANGCHAIN}.${type}`,
	typeVersion,
	parameters: parameters as Record<string, unknown>,
});

const parser: SubNodePart = {
	name: 'Parser',
	type: `${LANGCHAIN}.outputParserStructured`,
	typeVersion: 1.3,
	parameters: { schemaType: 'fromJson', jsonSchemaExample: '{"city": "Oslo", "urgent": true}' },
	connection: 'ai_outputParser',
	serves: ['Chain'],
};

const basicChain = chainNode('chainLlm', 1.9, {
	promptType: 'define',
	text: '={{ $json.text }}',
	hasOutputParser: true,
});

const chains: Case[] = [
	{
		name: 'Basic LLM Chain with a structured output parser',
		workflow: modelChain('parsed', texts(1, COMPLAINT), basicChain, chatModel(MODEL), [parser]),
		isRight: ({ data }) => {
			const output = first(data, 'Chain').output as Record<string, unknown> | undefined;
			return typeof output?.city === 'string' && output.urgent === true;
		},
	},
	{
		name: 'Information Extractor',
		workflow: modelChain(
			'extractor',
			texts(2, COMPLAINT),
			chainNode('informationExtractor', 1.2, {
				text: '={{ $json.text }}',
				attributes: {
					attributes: [{ name: 'urgent', type: 'boolean', description: 'Whether it is urgent' }],
				},
				options: {},
			}),
			chatModel(MODEL),
		),
		isRight: ({ data }) =>
			outputOf(data, 'Chain').length === 2 &&
			outputOf(data, 'Chain').every(
				({ json }) => (json.output as { urgent?: unknown }).urgent === true,
			),
	},
	{
		name: 'Text Classifier',
		workflow: modelChain(
			'classifier',
			texts(3, COMPLAINT),
			chainNode('textClassifier', 1.1, {
				inputText: '={{ $json.text }}',
				categories: {
					categories: [
						{ category: 'billing', description: 'Money' },
						{ category: 'technical', description: 'Something does not work' },
					],
				},
				options: {},
			}),
			chatModel(MODEL),
		),
		isRight: ({ data }) => outputOf(data, 'Chain', 1).length === 3,
	},
	{
		name: 'Summarization Chain over 30 documents',
		workflow: modelChain(
			'summary',
			texts(30, "'Report ' + $json.n + ' says: ' + 'All is well today. '.repeat(40)"),
			chainNode('chainSummarization', 2.1, { operationMode: 'nodeInputJson', options: {} }),
			chatModel(MODEL),
		),
		isRight: ({ data, calls }) =>
			outputOf(data, 'Chain').length > 0 &&
			Array.from({ length: 30 }, (_, n) => `Report ${n} says`).every((text) =>
				calls.some(({ body }) => JSON.stringify(body).includes(text)),
			),
	},
];

const store = (name: string, parameters: object): NodePart => ({
	name,
	type: `${LANGCHAIN}.vectorStoreInMemory`,
	typeVersion: 1.1,
	parameters: { memoryKey: 'compat', ...parameters },
});

const vectorStore: Case = {
	name: 'In-memory vector store with Embeddings',
	workflow: withSubNodes(
		chain('vectors', [
			...texts(
				3,
				"['The lantern goes to Oslo.', 'The teapot goes to Quito.', 'Nothing.'][$json.n]",
			),
			store('Insert', { mode: 'insert' }),
			{ name: 'First', type: 'n8n-nodes-base.limit', typeVersion: 1, parameters: {} },
			store('Node', { mode: 'load', prompt: 'The teapot goes to Quito.', topK: 1 }),
		]),
		[
			{
				name: 'Embeddings',
				type: 'n8n-nodes-aimlapi-models.embeddingsAimlApi',
				typeVersion: 1,
				parameters: model('text-embedding-3-small'),
				credentials: aimlApiCredential,
				connection: 'ai_embedding',
				serves: ['Insert', 'Node'],
			},
			{
				name: 'Documents',
				type: `${LANGCHAIN}.documentDefaultDataLoader`,
				typeVersion: 1,
				parameters: { jsonMode: 'expressionData', jsonData: '={{ $json.text }}', options: {} },
				connection: 'ai_document',
				serves: ['Insert'],
			},
			{
				name: 'Splitter',
				type: `${LANGCHAIN}.textSplitterRecursiveCharacterTextSplitter`,
				typeVersion: 1,
				parameters: { chunkSize: 1000, options: {} },
				connection: 'ai_textSplitter',
				serves: ['Documents'],
			},
		],
	),
	isRight: ({ data }) => JSON.stringify(first(data)).includes('teapot'),
};

export const CASES: readonly Case[] = [
	...operations,
	...failures,
	...firstAgents,
	nodeAsTool,
	...agents,
	streaming,
	...chains,
	vectorStore,
];
