import { itemsOf, type RunData } from '../../harness/runData';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import { example, withParameters, type Workflow } from '../../harness/workflows/workflow';

jest.setTimeout(900_000);

const budget = example('guard-a-budget');
const richOnly: Workflow = { ...withSettings(1000, 0.5), id: 'aimlapiBudget002' };
/** One after the other, so that it is known how many are sent before the budget is spent. */
const frugal: Workflow = {
	...withParameters(withSettings(5, 0.000001), 'Summarize Each', {
		options: { costLimit: "={{ $('Settings').first().json.budgetUsd }}", itemsInParallel: 1 },
	}),
	id: 'aimlapiBudget003',
};
/** The first look finds the batch still running; one of its requests is not valid. */
const batch = withParameters(
	withParameters(example('overnight-batch'), 'Sleep', { amount: 1, unit: 'seconds' }),
	'Start the Batch',
	{ extraBody: '={{ $json.id === "review-19" ? { temperature: 9 } : {} }}' },
);

function withSettings(minimumBalanceUsd: number, budgetUsd: number): Workflow {
	const settings = { minimumBalanceUsd, budgetUsd };
	const assignments = Object.entries(settings).map(([name, value]) => ({
		id: name,
		name,
		value,
		type: 'number',
	}));
	return withParameters(budget, 'Settings', { assignments: { assignments } });
}

let n8n: PreparedN8n;

beforeAll(async () => {
	n8n = await preparedN8n([budget, richOnly, frugal, batch]);
});
afterAll(async () => await n8n?.end());
beforeEach(() => n8n.sandbox.requestLog.clear());

const namesOf = ({ resultData }: RunData) => Object.keys(resultData.runData);

describe('the example that guards a budget', () => {
	test('the example that guards a budget summarizes the tickets and reports what that cost', async () => {
		const run = await n8n.cli.execute(budget.id);
		expect(itemsOf(run, 'Summarize Each')).toHaveLength(4);
		const [report, ...others] = itemsOf(run, 'Report');
		expect(others).toEqual([]);
		expect(report.json).toEqual({
			summaries: Array(4).fill(expect.stringMatching(/./)),
			failed: 0,
			spentUsd: expect.closeTo(n8n.sandbox.requestLog.usd, 9),
			balanceBeforeUsd: 100,
		});
		expect(report.json.spentUsd).toBeGreaterThan(0);
		expect(namesOf(run)).not.toContain('Balance Too Low');
	});

	test('the example that guards a budget spends nothing when too little is left', async () => {
		const run = await n8n.cli.execute(richOnly.id);
		const [{ json }] = itemsOf(run, 'Balance Too Low');
		expect(json.message).toMatch(/^Only \$\d+(\.\d+)? left on the AI\/ML API account/);
		expect(namesOf(run)).not.toContain('Summarize Each');
		expect(n8n.sandbox.requestLog.usd).toBe(0);
	});

	test('the example that guards a budget stops at the budget of the run, and says so for each ticket left out', async () => {
		const run = await n8n.cli.execute(frugal.id);
		const [{ json }] = itemsOf(run, 'Report');
		expect(json.failed).toBe(3);
		expect(json.summaries).toEqual([
			expect.stringMatching(/./),
			...Array(3).fill(expect.stringContaining('The cost limit of $0.000001')),
		]);
		expect(json.spentUsd).toBeCloseTo(n8n.sandbox.requestLog.usd, 9);
	});
});

test('the example of a batch sends the reviews together, and puts each answer beside its own', async () => {
	const run = await n8n.cli.execute(batch.id);
	const posts = n8n.sandbox.requestLog.calls.filter(({ method }) => method === 'POST');
	expect(posts.map(({ path }) => path)).toEqual(['/v1/batches']);

	const [created, ...others] = itemsOf(run, 'Start the Batch');
	expect(others).toEqual([]);
	expect(created.json).toMatchObject({ requestCount: 4, ended: false });
	expect(created.pairedItem).toEqual([0, 1, 2, 3].map((item) => ({ item })));
	expect(run.resultData.runData['Look for Results'].length).toBeGreaterThan(1);

	const reviews = itemsOf(run, 'One Item per Review').map(({ json }) => json);
	const answers = itemsOf(run, 'Answers Beside Reviews').map(({ json }) => json);
	const kept = reviews.filter(({ id }) => id !== 'review-19');
	expect(answers).toEqual(
		kept.map(({ id, text }) => ({ id, review: text, opinion: expect.stringMatching(/./) })),
	);
	expect(itemsOf(run, 'Failed').map(({ json }) => json)).toEqual([
		{ id: 'review-19', reason: expect.stringContaining('temperature') },
	]);
});
