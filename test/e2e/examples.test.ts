import { itemsOf, type OutputItem } from '../../harness/runData';
import type { N8nRest } from '../../harness/n8nRest';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import { startRecordingService, type RecordingService } from './support/recordingService';
import { until } from '../../harness/until';
import { example, withParameters } from '../../harness/workflows/workflow';

jest.setTimeout(900_000);

const summaries = example('scheduled-summaries');
const everySeconds = { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } };
const triage = example('classify-and-route');

let n8n: PreparedN8n;
let service: RecordingService;

beforeAll(async () => {
	service = await startRecordingService();
	const { parameters } = triage.nodes.find(({ name }) => name === 'Settings')!;
	const settings = JSON.stringify(parameters).replace('http://127.0.0.1:8080', service.url);
	n8n = await preparedN8n([
		example('message-a-model'),
		withParameters(summaries, 'Every Morning', everySeconds),
		withParameters(triage, 'Settings', JSON.parse(settings)),
	]);
	await n8n.cli.publish(summaries.id);
	await n8n.cli.publish(triage.id);
});

afterAll(async () => {
	await n8n?.end();
	await service?.close();
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

	test.each([
		['I want to file a complaint, my order arrived broken', 'complaint', 'POST /tickets'],
		['I have a question about opening hours', 'question', 'POST /questions'],
		['Thanks for all the fish', 'other', undefined],
	])('a webhook sorts "%s" as %s', async (message, category, path) => {
		service.received.length = 0;
		const answer = await fetch(`${rest.url}/webhook/aimlapi-triage`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ message }),
		});
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({
			category,
			reference: path ? 'reference-1' : null,
			costUsd: expect.any(Number),
		});
		const call = { path, body: { summary: expect.any(String), message } };
		expect(service.received).toEqual(path ? [call] : []);
	});
});
