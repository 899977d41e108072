import { itemTable } from '../../../harness/itemTable';
import type { RunData } from '../../../harness/runData';

const answer = (text: string, usd?: number) => ({
	json: {
		text,
		usage: { inputTokens: 12, outputTokens: 3 },
		...(usd !== undefined && { cost: { usd, credits: usd * 2e6 } }),
	},
});

const run = (answers: unknown[]) =>
	({ resultData: { runData: { Ask: [{ data: { main: [answers] } }] } } }) as unknown as RunData;

test('every item has a row with its text, tokens and cost, and the last row is the total', () => {
	const answers = [answer('First\nanswer', 0.00002), answer('Second', 0.00001)];
	expect(itemTable(run(answers), ['Ask'])).toEqual([
		{ Item: 'Ask 1', Text: 'First answer', Tokens: '12 → 3', Cost: '$0.000020' },
		{ Item: 'Ask 2', Text: 'Second', Tokens: '12 → 3', Cost: '$0.000010' },
		{ Item: 'Total', Text: '', Tokens: '', Cost: '$0.000030' },
	]);
});

test('a long text is shortened, and a cost that the API did not report is unknown', () => {
	const [row] = itemTable(run([answer('word '.repeat(50))]), ['Ask']);
	expect(row.Text).toMatch(/^(word ){14}w…$/);
	expect(row.Cost).toBe('unknown');
});
