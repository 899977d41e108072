import { startMailbox, type Mailbox } from '../../harness/mailbox';
import type { N8nRest } from '../../harness/n8nRest';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import { itemsOf, type OutputItem } from '../../harness/runData';
import { until } from '../../harness/until';
import { SMTP_CREDENTIAL, smtpCredential } from '../../harness/workflows/agents';
import { example, withParameters, type Workflow } from '../../harness/workflows/workflow';
import type { LoggedCall } from '../../sandbox';
import { makePng } from '../../sandbox/media/png';
import { expectSuccess } from '../support/useN8n';
import { startRecordingService, type RecordingService } from './support/recordingService';

jest.setTimeout(900_000);

const summaries = example('scheduled-summaries');
const everySeconds = { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } };
const triage = example('classify-and-route');

/** The workflow with the output of some of its nodes pinned, so that they don't run. */
const pinned = (workflow: Workflow, json: Record<string, object[]>): Workflow => ({
	...workflow,
	pinData: Object.fromEntries(
		Object.entries(json).map(([node, items]) => [node, items.map((item) => ({ json: item }))]),
	),
});

/** The workflow with the credential of the mailbox in the nodes that send mail. */
const withMail = (workflow: Workflow): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-base.emailSend'
			? { ...node, credentials: { smtp: SMTP_CREDENTIAL } }
			: node,
	),
});

const articles = [
	{ title: 'Seeds', link: 'https://example.com/1', contentSnippet: 'A library lends seeds.' },
	{ title: 'Trains', link: 'https://example.com/2', contentSnippet: 'Night trains return.' },
];
const documents = example('chat-with-documents');
const support = example('answer-support-mail');
const runByHand = [
	withMail(pinned(example('rss-digest-to-mail'), { 'Read the Feed': articles })),
	withMail(support),
	...['translate-rows', 'invoices-to-data-table', 'product-images'].map(example),
	...['podcast-from-an-article', 'compare-models'].map(example),
	...['summaries-with-caching', 'cost-report'].map(example),
];

let n8n: PreparedN8n;
let service: RecordingService;
let mailbox: Mailbox;

beforeAll(async () => {
	service = await startRecordingService();
	mailbox = await startMailbox();
	const { parameters } = triage.nodes.find(({ name }) => name === 'Settings')!;
	const settings = JSON.stringify(parameters).replace('http://127.0.0.1:8080', service.url);
	const workflows = [
		example('message-a-model'),
		withParameters(summaries, 'Every Morning', everySeconds),
		withParameters(triage, 'Settings', JSON.parse(settings)),
		documents,
		...runByHand,
	];
	n8n = await preparedN8n(workflows, {}, [smtpCredential(mailbox)]);
	for (const { id } of [documents, summaries, triage]) await n8n.cli.publish(id);
});

afterAll(async () => {
	await n8n?.end();
	await service?.close();
	await mailbox?.close();
});

const expectPaidAnswer = ({ json }: OutputItem) =>
	expect(json).toMatchObject({
		text: expect.stringMatching(/./),
		finishReason: 'stop',
		model: expect.stringContaining('gpt-4o-mini'),
		usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
		cost: { usd: expect.any(Number), credits: expect.any(Number) },
	});

test('a prompt becomes an answer with its usage and cost, by n8n execute', async () => {
	const run = await n8n.cli.execute(example('message-a-model').id);
	const answers = itemsOf(run, 'Message a Model');
	expect(answers).toHaveLength(1);
	expectPaidAnswer(answers[0]);
	expect(answers[0].json.text).toContain('An automated workflow');
});

describe('in a running server', () => {
	let rest: N8nRest;

	beforeAll(async () => {
		({ rest } = await n8n.start());
	});

	test('a schedule fires and makes one summary per article, in order, and one digest', async () => {
		const id = await until('an execution by the schedule', async () =>
			(await rest.executionIds(summaries.id)).at(-1),
		);
		const { data, mode, status } = await rest.execution(id);
		expect([mode, status]).toEqual(['trigger', 'success']);

		const articles = itemsOf(data, 'One Item per Article');
		const answers = itemsOf(data, 'Summarize Each');
		expect(answers).toHaveLength(6);
		answers.forEach((answer, index) => {
			expectPaidAnswer(answer);
			expect(articles[index].json.body).toContain(answer.json.text);
			expect(answer.pairedItem).toEqual({ item: index });
		});

		const [digest, ...others] = itemsOf(data, 'Digest');
		expect(others).toEqual([]);
		expect(digest.json.summaries).toEqual(answers.map(({ json }) => json.text));
		const costs = [...answers, ...itemsOf(data, 'Write the Digest')].map(
			({ json }) => (json.cost as { usd: number }).usd,
		);
		expect(digest.json.totalCostUsd).toBeCloseTo(
			costs.reduce((sum, usd) => sum + usd, 0),
			9,
		);
	});

	const triageOf = async (message: string) =>
		await fetch(`${rest.url}/webhook/aimlapi-triage`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ message }),
		});

	test.each([
		['I want to file a complaint, my order arrived broken', 'complaint', 'POST /tickets'],
		['I have a question about opening hours', 'question', 'POST /questions'],
		['Thanks for all the fish', 'other', undefined],
	])('a webhook sorts "%s" as %s', async (message, category, path) => {
		service.received.length = 0;
		const answer = await triageOf(message);
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({
			category,
			reference: path ? 'reference-1' : null,
			error: null,
			costUsd: expect.any(Number),
		});
		const call = { path, body: { summary: expect.any(String), message } };
		expect(service.received).toEqual(path ? [call] : []);
	});

	test('a webhook tells its caller the category even if the service behind it fails', async () => {
		service.status = 500;
		const answer = await triageOf('I want to file a complaint');
		service.status = 200;
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({
			category: 'complaint',
			reference: null,
			error: expect.stringContaining('500'),
		});
	});

	const runExample = async (name: string) => {
		const data = expectSuccess(await rest.runWorkflow(example(name).id, 'Run by Hand'));
		return (node: string, output = 0) => itemsOf(data, node, output);
	};
	beforeEach(() => void mailbox.mails.splice(0));

	const jsonOf = (items: OutputItem[]) => items.map(({ json }) => json);

	test('a feed becomes one mail with a sentence on each article', async () => {
		const items = await runExample('rss-digest-to-mail');
		const [{ json }, ...others] = items('Digest');
		expect(others).toEqual([]);
		expect(json.html).toMatch(/^<ul><li>.*Seeds<\/a>.*<li>.*Trains<\/a>.*<\/ul>$/);
		expect(mailbox.mails).toEqual([expect.stringContaining('Subject: News of ')]);
	});

	test('each row comes out translated into its language, in order, with its cost', async () => {
		const items = await runExample('translate-rows');
		expect(jsonOf(items('Translated')).map(({ id, translation }) => [id, translation])).toEqual([
			[1, 'buenos días'],
			[2, 'merci'],
			[3, 'Wasser'],
			[4, 'formaggio'],
			[5, 'amigo'],
			[6, 'maison'],
		]);
		expect(items('Translate', 1)).toEqual([]);
	});

	test('a mail is classified and answered by an agent, and sent once a person approves', async () => {
		const executionId = await rest.startWorkflow(support.id, 'Run by Hand');
		const waiting = await rest.waitingExecution(executionId);
		const [asked] = itemsOf(waiting.data, 'Ask for Approval');
		expect(itemsOf(waiting.data, 'Classify')[0].json.json).toMatchObject({ category: 'complaint' });
		expect(mailbox.mails).toEqual([]);

		const form = new FormData();
		form.set('field-0', `${String(asked.json.draft)} Best regards`);
		form.set('field-1', 'Send');
		const answer = await fetch(String(asked.json.approvalUrl), { method: 'POST', body: form });
		expect(answer.status).toBe(200);
		const { data, status } = await rest.execution(executionId);
		expect(status).toBe('success');
		expect(itemsOf(data, 'Send the Reply')).toHaveLength(1);
		expect(mailbox.mails).toEqual([expect.stringContaining('Subject: Re: Broken lamp')]);
		expect(mailbox.mails[0]).toContain('Best regards');
	});

	test('invoices become rows of a data table that the workflow creates', async () => {
		const items = await runExample('invoices-to-data-table');
		const rows = jsonOf(items('Add the Row'));
		expect(rows).toHaveLength(2);
		expect(rows.map(({ file }) => file)).toEqual(jsonOf(items('Row')).map(({ file }) => file));
		expect(Number(rows[0].costUsd)).toBeGreaterThan(0);
	});

	test('each product of a catalog gets an image under its number', async () => {
		const items = await runExample('product-images');
		expect(jsonOf(items('Named File')).map(({ fileName }) => fileName)).toEqual([
			'K-101.png',
			'L-202.png',
			'C-303.png',
		]);
		expect(items('Named File').map(({ binary }) => Object.keys(binary!))).toEqual([
			['data'],
			['data'],
			['data'],
		]);
	});

	test('an article becomes an intro and speech', async () => {
		const items = await runExample('podcast-from-an-article');
		const types = items('Episode').map(({ binary }) => Object(binary).data.mimeType);
		expect(types).toEqual([expect.stringMatching(/^audio/), expect.stringMatching(/^audio/)]);
	});

	test('five models answer the same question, and another one judges', async () => {
		const items = await runExample('compare-models');
		const [{ json }] = items('Table');
		const answers = json.answers as Array<Record<string, unknown>>;
		expect(answers.map(({ model }) => model)).toEqual(
			jsonOf(items('One Item per Model')).map(({ model }) => model),
		);
		for (const { answer, costUsd } of answers) {
			expect(answer).toContain('n8n is a workflow automation tool');
			expect(Number(costUsd)).toBeGreaterThan(0);
		}
		expect(items('Verdict')[0].json).toMatchObject({ costUsd: expect.any(Number) });
	});

	describe('100 letters summarized with a cache', () => {
		const { id } = example('summaries-with-caching');
		let items: Awaited<ReturnType<typeof runExample>>;
		beforeAll(async () => {
			items = await runExample('summaries-with-caching');
		});
		/** US dollars that the API billed for some calls; a scheduled workflow keeps making others. */
		const billed = (isMeant: (call: LoggedCall) => boolean | undefined) =>
			n8n.sandbox.requestLog.calls.filter(isMeant).reduce((sum, { usd }) => sum + usd, 0);
		const billedForWorkflow = () =>
			billed(({ clientRequestId }) => clientRequestId?.startsWith(`n8n:${id}:`));

		test('all letters but the first are read from the cache, and the report tells cost and savings', () => {
			const summaries = jsonOf(items('Summary'));
			expect(summaries.map((summary) => summary.id)).toEqual(
				Array.from({ length: 100 }, (_, index) => index + 1),
			);
			const cached = summaries.map(({ cachedTokens }) => Number(cachedTokens) > 1000);
			expect(cached).toEqual([false, ...Array<boolean>(99).fill(true)]);
			const [{ json }] = items('Report');
			expect(json).toMatchObject({
				summaries: 100,
				costUsd: expect.closeTo(billedForWorkflow(), 9),
			});
			expect(Number(json.savedUsd)).toBeGreaterThan(Number(json.costUsd));
		});

		test('the cost report names the workflow and the model, with what the API billed for them', async () => {
			const report = await runExample('cost-report');
			const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/);
			const model = 'google/gemini-2.5-flash';
			const costUsd = expect.closeTo(billedForWorkflow(), 6);
			const spend = expect.closeTo(
				billed((call) => call.model === model),
				6,
			);
			expect(jsonOf(report('Cost per Workflow and Day'))).toContainEqual({
				...{ day, workflow: id, costUsd },
				...{ tokens: expect.any(Number), requests: 100 },
			});
			expect(jsonOf(report('Get Cost per Model and Day'))).toContainEqual(
				expect.objectContaining({ day, model, spend }),
			);
		});
	});

	test('an uploaded document is read, stored, and found by the agent of the chat', async () => {
		const form = new FormData();
		const picture = new Blob([new Uint8Array(makePng(8, 8, 0))], { type: 'image/png' });
		form.set('field-0', picture, 'handbook.png');
		const uploaded = await fetch(`${rest.url}/form/aimlapi-documents`, {
			method: 'POST',
			body: form,
		});
		expect(uploaded.status).toBe(200);
		const id = await until('the execution by the form', async () =>
			(await rest.executionIds(documents.id)).at(-1),
		);
		const { data, status } = await rest.execution(id);
		expect(status).toBe('success');
		const [{ json }] = itemsOf(data, 'Extract the Text');

		const question = `Search the documents: ${String(json.text).split('\n')[0]}`;
		const answer = await fetch(`${rest.url}/webhook/aimlapi-documents-chat/chat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'one', chatInput: question }),
		});
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ output: expect.stringMatching(/./) });
		const [chatId] = await rest.executionIds(documents.id);
		const answered = await rest.execution(chatId);
		expect(Object.keys(answered.data.resultData.runData)).toContain('Search the Documents');
	});
});
