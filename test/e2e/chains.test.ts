import type { Execution, N8nRest } from '../../harness/n8nRest';
import { itemsOf } from '../../harness/runData';
import { chatModel, modelChain } from '../../harness/workflows/agents';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import type { SubNodePart } from '../../harness/workflows/subNodes';
import { countingNodes } from '../../harness/workflows/workflow';

jest.setTimeout(900_000);

const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const CHAT = '/v1/chat/completions';
const MODEL = 'openai/gpt-4o-mini';
const COMPLAINT = 'A technical question, urgent: the bicycle from Oslo does not start.';

const texts = (count: number, text: string) => [
	...countingNodes(count),
	{
		name: 'Texts',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: `={{ { text: ${text} } }}`, options: {} },
	},
];

const structuredParser: SubNodePart = {
	name: 'Parser',
	type: `${LANGCHAIN}.outputParserStructured`,
	typeVersion: 1.3,
	parameters: { schemaType: 'fromJson', jsonSchemaExample: '{"city": "Oslo", "urgent": true}' },
	connection: 'ai_outputParser',
	serves: ['Chain'],
};

/** Makes a file of the field `text`, which holds its bytes in base64. */
const file = (fileName: string, mimeType: string) => ({
	name: 'File',
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: {
		operation: 'toBinary',
		sourceProperty: 'text',
		options: { fileName, mimeType },
	},
});

/** An agent without tools that gets the files of its item. */
const readingAgent = {
	name: 'Chain',
	type: `${LANGCHAIN}.agent`,
	typeVersion: 3.1,
	parameters: {
		promptType: 'define',
		text: 'What is this?',
		options: { passthroughBinaryImages: true, passthroughBinaryPdfs: true },
	},
};

const basicChain = (parameters: object) => ({
	name: 'Chain',
	type: `${LANGCHAIN}.chainLlm`,
	typeVersion: 1.9,
	parameters: { promptType: 'define', text: '={{ $json.text }}', ...parameters },
});

const ids = {
	parsed: 'basicParsed00001',
	schema: 'basicSchema00001',
	image: 'basicImage000001',
	agentImage: 'agentImage000001',
	agentPdf: 'agentPdf00000001',
	agentParsed22: 'agentParsed00022',
	agentParsed31: 'agentParsed00031',
	summary: 'summary000000001',
	extractor: 'extractor0000001',
	classifier: 'classifier000001',
};

const byAnswer = {
	responseFormat: 'json_schema',
	jsonSchemaExample: '{"city": "Oslo", "urgent": true}',
};
const quoted = `'${COMPLAINT}'`;

const workflows = [
	modelChain(
		ids.parsed,
		texts(1, quoted),
		basicChain({ hasOutputParser: true }),
		chatModel(MODEL),
		[structuredParser],
	),
	modelChain(ids.schema, texts(1, quoted), basicChain({}), chatModel(MODEL, byAnswer)),
	modelChain(
		ids.image,
		[...texts(1, "'iVBORw0KGgo='"), file('a.png', 'image/png')],
		basicChain({
			text: 'What is this?',
			messages: {
				messageValues: [
					{
						type: 'HumanMessagePromptTemplate',
						messageType: 'imageBinary',
						binaryImageDataKey: 'data',
						imageDetail: 'low',
					},
				],
			},
		}),
		chatModel(MODEL),
	),
	modelChain(
		ids.agentImage,
		[...texts(1, "'iVBORw0KGgo='"), file('a.png', 'image/png')],
		readingAgent,
		chatModel('anthropic/claude-opus-4-5'),
	),
	modelChain(
		ids.agentPdf,
		[...texts(1, "'JVBERi0xLjQK'"), file('report.pdf', 'application/pdf')],
		readingAgent,
		chatModel(MODEL),
	),
	...[
		{ id: ids.agentParsed22, typeVersion: 2.2 },
		{ id: ids.agentParsed31, typeVersion: 3.1 },
	].map(({ id, typeVersion }) =>
		modelChain(
			id,
			texts(1, "'Urgent! The final JSON for Oslo, please.'"),
			{
				name: 'Chain',
				type: `${LANGCHAIN}.agent`,
				typeVersion,
				parameters: {
					promptType: 'define',
					text: '={{ $json.text }}',
					hasOutputParser: true,
					options: {},
				},
			},
			chatModel(MODEL),
			[structuredParser],
		),
	),
	modelChain(
		ids.summary,
		texts(30, "'Report ' + $json.n + ' says that all is well. Nothing else happened.'"),
		{
			name: 'Chain',
			type: `${LANGCHAIN}.chainSummarization`,
			typeVersion: 2.1,
			parameters: { operationMode: 'nodeInputJson', options: {} },
		},
		chatModel(MODEL),
	),
	modelChain(
		ids.extractor,
		texts(2, quoted),
		{
			name: 'Chain',
			type: `${LANGCHAIN}.informationExtractor`,
			typeVersion: 1.2,
			parameters: {
				text: '={{ $json.text }}',
				attributes: {
					attributes: [
						{ name: 'urgent', type: 'boolean', description: 'Whether it is urgent' },
						{ name: 'summary', type: 'string', description: 'What it is about', required: true },
					],
				},
				options: {},
			},
		},
		chatModel(MODEL),
	),
	modelChain(
		ids.classifier,
		texts(3, quoted),
		{
			name: 'Chain',
			type: `${LANGCHAIN}.textClassifier`,
			typeVersion: 1.1,
			parameters: {
				inputText: '={{ $json.text }}',
				categories: {
					categories: [
						{ category: 'billing', description: 'Money' },
						{ category: 'technical', description: 'Something does not work' },
					],
				},
				options: {},
			},
		},
		chatModel(MODEL),
	),
];

let n8n: PreparedN8n;
let rest: N8nRest;

beforeAll(async () => {
	n8n = await preparedN8n(workflows);
	({ rest } = await n8n.start());
});

afterAll(async () => await n8n?.end());

beforeEach(() => {
	n8n.sandbox.requestLog.clear();
	n8n.sandbox.faults.clear();
});

async function run(id: string): Promise<Execution> {
	const execution = await rest.runWorkflow(id, 'Run');
	expect(execution.data.resultData.error).toBeUndefined();
	return execution;
}

const calls = () => n8n.sandbox.requestLog.calls.filter(({ path }) => path === CHAT);
const answers = ({ data }: Execution, output = 0) =>
	itemsOf(data, 'Chain', output).map(({ json }) => json);

test('a Basic LLM Chain works with a structured output parser', async () => {
	const [{ output }] = answers(await run(ids.parsed));
	expect(output).toEqual({ city: expect.any(String), urgent: true });
});

test('a Basic LLM Chain works with a JSON Schema that the model itself follows', async () => {
	const execution = await run(ids.schema);
	const [{ text }] = answers(execution);
	const parsed: unknown = typeof text === 'string' ? JSON.parse(text) : text;
	expect(parsed).toEqual({ city: expect.any(String), urgent: true });
	expect(calls()[0].body).toMatchObject({ response_format: { type: 'json_schema' } });
});

test('a Basic LLM Chain sends an image', async () => {
	const [{ text }] = answers(await run(ids.image));
	expect(text).toContain('I see 1 image.');
	expect(JSON.stringify(calls()[0].body)).toContain('"detail":"low"');
});

test.each([
	[ids.agentImage, 'I see 1 image.', '"media_type":"image/png","data":"iVBORw0KGgo="'],
	[ids.agentPdf, 'I see 1 file.', '"filename":"report.pdf"'],
])('an AI Agent sends a file in the form that the model takes: %s', async (id, said, sent) => {
	const [{ output }] = answers(await run(id));
	expect(output).toContain(said);
	expect(JSON.stringify(calls()[0].body)).toContain(sent);
});

test.each([ids.agentParsed22, ids.agentParsed31])(
	'an AI Agent works with a structured output parser: %s',
	async (id) => {
		const [{ output }] = answers(await run(id));
		expect(output).toEqual({ city: expect.any(String), urgent: true });
	},
);

test('a Summarization Chain summarizes 30 documents', async () => {
	const execution = await run(ids.summary);
	const summaries = answers(execution);
	expect(summaries).toHaveLength(30);
	summaries.forEach((summary, index) => {
		expect(JSON.stringify(summary)).toContain(`Report ${index} says that all is well.`);
	});
	expect(calls().every(({ status }) => status === 200)).toBe(true);
});

test('a Summarization Chain gets through a rate limit', async () => {
	n8n.sandbox.faults.set([
		{ when: { path: CHAT, nth: [3, 9, 20] }, do: { status: 429, retryAfter: 1 } },
		{ when: { path: CHAT, nth: 12 }, do: { status: 502, html: true } },
	]);
	expect(answers(await run(ids.summary))).toHaveLength(30);
	expect(calls().filter(({ status }) => status !== 200)).toHaveLength(4);
});

test('an Information Extractor extracts the attributes', async () => {
	const extracted = answers(await run(ids.extractor));
	expect(extracted).toHaveLength(2);
	expect(extracted[0].output).toEqual({ urgent: true, summary: expect.any(String) });
});

test('a Text Classifier sorts each text into its category', async () => {
	const execution = await run(ids.classifier);
	expect(answers(execution, 0)).toHaveLength(0);
	expect(answers(execution, 1)).toHaveLength(3);
});
