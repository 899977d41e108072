import { itemsOf, type RunData } from './runData';

interface Answer {
	text: string;
	usage?: { inputTokens?: number; outputTokens?: number };
	cost?: { usd: number };
}

/** A row of the table, by column. */
interface ItemRow {
	Item: string;
	Text: string;
	/** Input → output. */
	Tokens: string;
	/** US dollars. */
	Cost: string;
}

const TEXT_WIDTH = 72;

function shorten(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= TEXT_WIDTH ? line : `${line.slice(0, TEXT_WIDTH - 1)}…`;
}

const toDollars = (usd: number): string => `$${usd.toFixed(6)}`;

/** One row for each answer of the named nodes, and a last row with the total cost. */
export function itemTable(run: RunData, nodes: readonly string[]): ItemRow[] {
	const answers = nodes.flatMap((node) =>
		itemsOf(run, node).map(({ json }, index) => ({
			item: `${node} ${index + 1}`,
			...(json as unknown as Answer),
		})),
	);
	const total = answers.reduce((sum, { cost }) => sum + (cost?.usd ?? 0), 0);
	return [
		...answers.map(({ item, text, usage, cost }) => ({
			Item: item,
			Text: shorten(text),
			Tokens: `${usage?.inputTokens ?? '?'} → ${usage?.outputTokens ?? '?'}`,
			Cost: cost ? toDollars(cost.usd) : 'unknown',
		})),
		{ Item: 'Total', Text: '', Tokens: '', Cost: toDollars(total) },
	];
}
