import { markdownTable } from './markdown';
import { openAiClient, simulate, thisPackage, type Client, type Result } from './simulate';
import { SITUATIONS, type Situation } from './situations';

const SEEDS = [1, 2, 3, 4, 5, 6, 7];
/** A simulation ends after so many times the ideal. */
const STOP_AFTER = 100;

/** What comes of a situation: each figure is the median over the seeds. */
export interface Figures {
	/** Wall time over the ideal. */
	ratio: number;
	/** Refused requests per item. */
	refused: number;
	failed: number;
	/** Requests sent again before the time that their 429 had asked for: the sum over the seeds. */
	tooEarly: number;
}

export interface Row {
	situation: Situation;
	ours: Figures;
	/** Each request by itself, as OpenAI's own client sends it. */
	byItself: Figures;
}

/** Simulates all situations; the figures are the same each time. */
export async function simulateAll(): Promise<Row[]> {
	const rows: Row[] = [];
	for (const situation of SITUATIONS) {
		rows.push({
			situation,
			ours: await figuresOf(situation, thisPackage),
			byItself: await figuresOf(situation, openAiClient),
		});
	}
	return rows;
}

export async function figuresOf(situation: Situation, client: Client): Promise<Figures> {
	const { ideal, items, runs = 1, limitOf } = situation;
	const results: Result[] = [];
	for (const seed of SEEDS) {
		results.push(await simulate(limitOf, situation, client, seed, ideal * STOP_AFTER));
	}
	const total = items * runs;
	return {
		ratio: median(results.map(({ seconds }) => seconds / ideal)),
		refused: median(results.map(({ refused }) => refused / total)),
		failed: median(results.map(({ failed }) => failed)),
		tooEarly: results.reduce((sum, { tooEarly }) => sum + tooEarly, 0),
	};
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The rows as a table in Markdown. */
export function toMarkdown(rows: Row[]): string {
	const head = ['limit', 'items', 'ideal, s', 'wanted', 'this package', 'each request by itself'];
	const lines = rows.map(({ situation: { name, items, ideal, wanted }, ours, byItself }) => [
		name,
		String(items),
		ideal.toFixed(1),
		String(wanted ?? ''),
		cell(ours),
		cell(byItself),
	]);
	return markdownTable([head, ...lines]);
}

function cell({ ratio, refused, failed }: Figures): string {
	const lost = failed ? `, ${failed} failed` : '';
	return `${ratio.toFixed(2)}, ${Math.round(refused * 100)}%${lost}`;
}
