import { itemsOf, type RunData } from './runData';

interface Answer {
	text: string;
	usage?: { inputTokens?: number; outputTokens?: number };
	cost?: { usd: number };
}

const TEXT_WIDTH = 72;

const shortened = (text: string): string => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= TEXT_WIDTH ? line : `${line.slice(0, TEXT_WIDTH - 1)}…`;
};

const dollars = (usd: number): string => `$${usd.toFixed(6)}`;

const row = (title: string, text: string, tokens: string, cost: string): string =>
	[title.padEnd(18), text.padEnd(TEXT_WIDTH), tokens.padStart(9), cost.padStart(11)].join('  ');

/** The answers that the named nodes gave, one line each, and what they cost together. */
export function itemTable(run: RunData, nodes: readonly string[]): string {
	const answers = nodes.flatMap((node) =>
		itemsOf(run, node).map(({ json }, index) => ({
			title: `${node} ${index + 1}`,
			...(json as unknown as Answer),
		})),
	);
	const lines = answers.map(({ title, text, usage, cost }) =>
		row(
			title,
			shortened(text),
			`${usage?.inputTokens ?? '?'} → ${usage?.outputTokens ?? '?'}`,
			cost ? dollars(cost.usd) : 'not told',
		),
	);
	const total = answers.reduce((sum, { cost }) => sum + (cost?.usd ?? 0), 0);
	const header = row('Item', 'Text', 'Tokens', 'Cost');
	const rule = '─'.repeat(header.length);
	return [header, rule, ...lines, rule, row('Together', '', '', dollars(total))].join('\n');
}
