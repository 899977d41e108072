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

test('every item has a line with its text, tokens and cost; the last line is the sum', () => {
	const lines = itemTable(run([answer('First\nanswer', 0.00002), answer('Second', 0.00001)]), [
		'Ask',
	]).split('\n');
	expect(lines[2]).toMatch(/^Ask 1 +First answer +12 → 3 +\$0\.000020$/);
	expect(lines[3]).toMatch(/^Ask 2 +Second +12 → 3 +\$0\.000010$/);
	expect(lines.at(-1)).toMatch(/^Together +\$0\.000030$/);
});

test('a long text is cut, a cost that the API did not tell is named so', () => {
	const [, , line] = itemTable(run([answer('word '.repeat(50))]), ['Ask']).split('\n');
	expect(line).toMatch(/word w….*not told$/);
});
