import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf, type RunData } from '../../harness/runData';
import { chatModel, modelChain } from '../../harness/workflows/agents';
import {
	basicChain,
	complaintNodes,
	informationExtractor,
	JSON_EXAMPLE,
	plainAgent,
	structuredParser,
	summarizationChain,
	textClassifier,
	textNodes,
} from '../../harness/workflows/chains';
import { fileNode } from '../../harness/workflows/workflow';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

const CHAT = '/v1/chat/completions';
const MODEL = 'openai/gpt-4o-mini';

const image = [...textNodes(1, "'iVBORw0KGgo='"), fileNode('File', 'text', 'a.png', 'image/png')];
const pdf = [
	...textNodes(1, "'JVBERi0xLjQK'"),
	fileNode('File', 'text', 'report.pdf', 'application/pdf'),
];

/** An agent that gets the files of its item. */
const readingAgent = plainAgent(3.1, 'What is this?', {
	options: { passthroughBinaryImages: true, passthroughBinaryPdfs: true },
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

const byAnswer = { responseFormat: 'json_schema', jsonSchemaExample: JSON_EXAMPLE };
const model = chatModel(MODEL);

const workflows = [
	modelChain(ids.parsed, complaintNodes(1), basicChain({ hasOutputParser: true }), model, [
		structuredParser,
	]),
	modelChain(ids.schema, complaintNodes(1), basicChain(), chatModel(MODEL, byAnswer)),
	modelChain(
		ids.image,
		image,
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
		model,
	),
	modelChain(ids.agentImage, image, readingAgent, chatModel('anthropic/claude-opus-4-5')),
	modelChain(ids.agentPdf, pdf, readingAgent, model),
	...[
		{ id: ids.agentParsed22, typeVersion: 2.2 },
		{ id: ids.agentParsed31, typeVersion: 3.1 },
	].map(({ id, typeVersion }) =>
		modelChain(
			id,
			textNodes(1, "'Urgent! The final JSON for Oslo, please.'"),
			plainAgent(typeVersion, '={{ $json.text }}', { hasOutputParser: true, options: {} }),
			model,
			[structuredParser],
		),
	),
	modelChain(
		ids.summary,
		textNodes(30, "'Report ' + $json.n + ' says that all is well. Nothing else happened.'"),
		summarizationChain,
		model,
	),
	modelChain(ids.extractor, complaintNodes(2), informationExtractor, model),
	modelChain(ids.classifier, complaintNodes(3), textClassifier, model),
];

const n8n = useN8n(async () => await preparedN8n(workflows));

const run = async (id: string) => expectSuccess(await n8n.rest.runWorkflow(id));

const calls = () => n8n.sandbox.requestLog.calls.filter(({ path }) => path === CHAT);
const answers = (data: RunData, output = 0) =>
	itemsOf(data, 'Chain', output).map(({ json }) => json);

test('a Basic LLM Chain works with a structured output parser', async () => {
	const [{ output }] = answers(await run(ids.parsed));
	expect(output).toEqual({ city: expect.any(String), urgent: true });
});

test('a Basic LLM Chain works with a JSON Schema that the model itself follows', async () => {
	const [{ text }] = answers(await run(ids.schema));
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
	const summaries = answers(await run(ids.summary));
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
	const data = await run(ids.classifier);
	expect(answers(data, 0)).toHaveLength(0);
	expect(answers(data, 1)).toHaveLength(3);
});
