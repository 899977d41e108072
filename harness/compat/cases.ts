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
import {
	basicChain,
	complaintNodes,
	informationExtractor,
	structuredParser,
	summarizationChain,
	textClassifier,
	textNodes,
} from '../workflows/chains';
import { withSubNodes } from '../workflows/subNodes';
import {
	aimlApiCredential,
	aimlApiNode,
	byId,
	chain,
	countingNodes,
	LANGCHAIN,
	NUMBER_PROMPT,
	type NodePart,
	type Workflow,
} from '../workflows/workflow';

/** What came of a case. */
export interface Outcome {
	data: RunData;
	/** The requests that reached the API, in order of arrival. */
	calls: Sandbox['requestLog']['calls'];
	/** What a chat streamed; empty for other workflows. */
	chunks: ChatChunk[];
}

/** A workflow, and whether its outcome is right. */
export interface Case {
	name: string;
	workflow: Workflow;
	faults?: FaultRule[];
	/** A message to the workflow's public chat, which starts it instead of the editor's button. */
	chat?: string;
	isRight(outcome: Outcome): boolean;
}

type Json = Record<string, unknown>;

const CHAT = '/v1/chat/completions';
const MODEL = 'openai/gpt-4o-mini';
const VIDEO_MODEL = 'google/veo-3.1-t2v-fast';

const options = { pollInterval: 0.1 };
const message = (content: string) => ({ messages: { values: [{ role: 'user', content }] } });
const files = (parameter = '') => ({
	values: [{ source: 'binary', binaryPropertyName: 'data', parameter }],
});

/** The parameters of an operation with a model. */
const withModel = (resource: string, operation: string, model: string, fields: Json): Json => ({
	resource,
	operation,
	model: byId(model),
	...fields,
});

const image = withModel('image', 'generate', 'flux/schnell', { prompt: 'A cat', options });
const speech = withModel('audio', 'speak', 'openai/gpt-4o-mini-tts', { text: 'Hello', options });
const batch = withModel('batch', 'create', 'anthropic/claude-opus-4-5', message('Hello'));
const ofBatch = { resource: 'batch', batchId: '={{ $json.batchId }}' };

const outputOf = (data: RunData, name = 'Node', output = 0): OutputItem[] =>
	itemsOf(data, name, output);
const first = (data: RunData, name = 'Node'): Json => outputOf(data, name)[0]?.json ?? {};

/** An operation after nodes that create its input, with a check of its first output item. */
const operation = (
	name: string,
	before: NodePart[],
	parameters: Json,
	isRight: (json: Json, item: OutputItem) => boolean,
): Case => ({
	name,
	workflow: chain(name, [...before, aimlApiNode('Node', parameters)]),
	isRight: ({ data }) => {
		const [item] = outputOf(data);
		return item !== undefined && isRight(item.json, item);
	},
});

const isFile = ({ fileSize }: Json, { binary }: OutputItem): boolean =>
	typeof fileSize === 'number' && fileSize > 0 && binary?.data !== undefined;
const isText = ({ text }: Json): boolean => typeof text === 'string' && text !== '';
const isId = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** An operation of the account, after a request that it reports. */
const account = (name: string, operationName: string, isRight: (json: Json) => boolean): Case =>
	operation(
		`Account: ${name}`,
		[aimlApiNode('Question', message('Hello'))],
		{ resource: 'account', operation: operationName },
		isRight,
	);

const operations: Case[] = [
	operation(
		'Chat: Message a Model',
		[],
		message('Hello'),
		(json) => isText(json) && typeof (json.cost as { usd?: unknown }).usd === 'number',
	),
	operation(
		'Chat: Message a Model (Responses API)',
		[],
		withModel('chat', 'respond', 'openai/gpt-5-5-pro', message('Hello')),
		isText,
	),
	operation('Image: Generate an Image', [], image, isFile),
	operation(
		'Image: Edit an Image',
		[aimlApiNode('Image', image)],
		withModel('image', 'edit', 'openai/gpt-image-2', { prompt: 'A hat', files: files('image') }),
		isFile,
	),
	operation(
		'Video: Generate a Video',
		[],
		withModel('video', 'generate', VIDEO_MODEL, { prompt: 'A boat', options }),
		isFile,
	),
	operation('Audio: Generate Speech', [], speech, isFile),
	operation(
		'Audio: Generate Music',
		[],
		withModel('audio', 'compose', 'stable-audio', { prompt: 'Rain', options }),
		isFile,
	),
	operation(
		'Audio: Transcribe a Recording',
		[aimlApiNode('Speech', speech)],
		withModel('audio', 'transcribe', 'openai/gpt-4o-mini-transcribe', { files: files(), options }),
		isText,
	),
	operation(
		'Document: Extract Text',
		[aimlApiNode('Image', image)],
		withModel('document', 'extractText', 'mistral-ocr-latest', { files: files() }),
		isText,
	),
	operation(
		'Embedding: Create Embeddings',
		[],
		withModel('embedding', 'create', 'text-embedding-3-small', { input: 'Hello' }),
		({ embedding }) => Array.isArray(embedding),
	),
	operation(
		'Generation: Get a Video, Music or Transcription',
		[
			aimlApiNode(
				'Start',
				withModel('video', 'generate', VIDEO_MODEL, {
					prompt: 'A boat',
					options: { waitForCompletion: false },
				}),
			),
		],
		{
			resource: 'generation',
			operation: 'get',
			kind: 'video',
			generationId: '={{ $json.generationId }}',
			options,
		},
		isFile,
	),
	operation('Batch: Create a Batch', [], batch, ({ batchId }) => isId(batchId)),
	operation(
		'Batch: Get Batch Results',
		[aimlApiNode('Batch', batch)],
		{ ...ofBatch, operation: 'get', options },
		(json) => json.customId === '0' && isText(json),
	),
	operation(
		'Batch: Cancel a Batch',
		[aimlApiNode('Batch', batch)],
		{ ...ofBatch, operation: 'cancel' },
		({ batchId }) => isId(batchId),
	),
	operation(
		'Model: Get a Model',
		[],
		withModel('model', 'get', MODEL, {}),
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
	account('Get Many Requests', 'getRequests', ({ model }) => model === MODEL),
	account('Get Many Transactions', 'getTransactions', ({ created }) => isId(created)),
	account('Get Usage', 'getUsage', ({ requests }) => Number(requests) > 0),
	account('Get Usage by Day and Model', 'getUsageDetail', ({ requests }) => Number(requests) > 0),
];

/** Four items, the third of which the API refuses. */
const oneOfFour = (name: string, onError: string, isRight: Case['isRight']): Case => {
	const node = aimlApiNode('Node', message(NUMBER_PROMPT));
	const workflow = chain(name, [...countingNodes(4), node]);
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
		name: 'A timeout is reported',
		workflow: chain('timeout', [
			aimlApiNode('Node', { ...message('Hello'), options: { timeout: 1, maxRetries: 0 } }),
		]),
		faults: [{ when: { path: CHAT }, do: { delayMs: 3_000 } }],
		isRight: ({ data }) => data.resultData.error?.message === 'The API did not answer within 1 s',
	},
	{
		name: 'A broken connection is retried',
		workflow: chain('reset', [aimlApiNode('Node', message('Hello'))]),
		faults: [{ when: { path: CHAT, nth: 1 }, do: { reset: 'before' } }],
		isRight: ({ data, calls }) => isText(first(data)) && calls.length === 2,
	},
];

const BOTH = 'Translate "bread" and use the calculator';
const callsTo = ({ calls }: Outcome, id: string) =>
	calls.filter((call) => call.path === CHAT && call.model === id);

/** The agent calls both tools in one turn, our node asks its own model, and the agent answers. */
const usesBothTools =
	(id: string): Case['isRight'] =>
	(outcome) =>
		typeof first(outcome.data, 'Agent').output === 'string' &&
		callsTo(outcome, id).length === 2 &&
		callsTo(outcome, 'openai/gpt-4o').length === 1;

/** The agent calls both tools in one turn, and its model gets both results. */
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

/** With n8n's own tools only: the oldest n8n can't run a node like ours as a tool. */
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

/** The oldest agent that people still use, with this node as its tool. */
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

const chains: Case[] = [
	{
		name: 'Basic LLM Chain with a structured output parser',
		workflow: modelChain(
			'parsed',
			complaintNodes(1),
			basicChain({ hasOutputParser: true }),
			chatModel(MODEL),
			[structuredParser],
		),
		isRight: ({ data }) => {
			const output = first(data, 'Chain').output as Json | undefined;
			return typeof output?.city === 'string' && output.urgent === true;
		},
	},
	{
		name: 'Information Extractor',
		workflow: modelChain('extractor', complaintNodes(2), informationExtractor, chatModel(MODEL)),
		isRight: ({ data }) =>
			outputOf(data, 'Chain').length === 2 &&
			outputOf(data, 'Chain').every(
				({ json }) => (json.output as { urgent?: unknown }).urgent === true,
			),
	},
	{
		name: 'Text Classifier',
		workflow: modelChain('classifier', complaintNodes(3), textClassifier, chatModel(MODEL)),
		isRight: ({ data }) => outputOf(data, 'Chain', 1).length === 3,
	},
	{
		name: 'Summarization Chain over 30 documents',
		workflow: modelChain(
			'summary',
			textNodes(30, "'Report ' + $json.n + ' says: ' + 'All is well today. '.repeat(40)"),
			summarizationChain,
			chatModel(MODEL),
		),
		isRight: ({ data, calls }) =>
			outputOf(data, 'Chain').length > 0 &&
			Array.from({ length: 30 }, (_, n) => `Report ${n} says`).every((text) =>
				calls.some(({ body }) => JSON.stringify(body).includes(text)),
			),
	},
];

const vectorStoreNode = (name: string, parameters: object): NodePart => ({
	name,
	type: `${LANGCHAIN}.vectorStoreInMemory`,
	typeVersion: 1.1,
	parameters: { memoryKey: 'compat', ...parameters },
});

const vectorStore: Case = {
	name: 'In-memory vector store with Embeddings',
	workflow: withSubNodes(
		chain('vectors', [
			...textNodes(
				3,
				"['The lantern goes to Oslo.', 'The teapot goes to Quito.', 'Nothing.'][$json.n]",
			),
			vectorStoreNode('Insert', { mode: 'insert' }),
			{ name: 'First', type: 'n8n-nodes-base.limit', typeVersion: 1, parameters: {} },
			vectorStoreNode('Node', { mode: 'load', prompt: 'The teapot goes to Quito.', topK: 1 }),
		]),
		[
			{
				name: 'Embeddings',
				type: 'n8n-nodes-aimlapi-models.embeddingsAimlApi',
				typeVersion: 1,
				parameters: { model: byId('text-embedding-3-small') },
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

/** All that is tried in each version of n8n, in the order of the document. */
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
