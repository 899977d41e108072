import { markdownTable } from './markdown';
import { openAiClient, simulate, thisPackage, type Client, type Result } from './simulate';
import { SITUATIONS, type Situation } from './situations';

const SEEDS = [1, 2, 3, 4, 5, 6, 7];
/** A simulation is stopped when it takes this many times the ideal. */
const MAX_RATIO = 100;

/** The results in a situation; medians over the seeds, unless noted. */
export interface Figures {
	/** Wall time over the ideal. */
	ratio: number;
	/** Refused requests per item. */
	refused: number;
	failed: number;
	/** Retries before the time that the 429 had asked for; the sum over the seeds. */
	tooEarly: number;
}

export interface Row {
	situation: Situation;
	ours: Figures;
	/** OpenAI's client, which retries each request by itself. */
	byItself: Figures;
}

/** Simulates all situations, always with the same results. */
export async function simulateAll(): Promise<Row[]> {
	const rows: Row[] = [];
	for (const situation of SITUATIONS) {
		rows.push({
			situation,
			ours: await simulateSituation(situation, thisPackage),
			byItself: await simulateSituation(situation, openAiClient),
		});
	}
	return rows;
}

async function simulateSituation(situation: Situation, client: Client): Promise<Figures> {
	const { ideal, items, runs = 1, limitOf } = situation;
	const results: Result[] = [];
	for (const seed of SEEDS) {
		results.push(await simulate(limitOf, situation, client, seed, ideal * MAX_RATIO));
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

/** The rows as a Markdown table. */
export function toMarkdown(rows: Row[]): string {
	const head = ['limit', 'items', 'ideal, s', 'target', 'this package', 'each request by itself'];
	const lines = rows.map(({ situation: { name, items, ideal, target }, ours, byItself }) => [
		name,
		String(items),
		ideal.toFixed(1),
		String(target ?? ''),
		cell(ours),
		cell(byItself),
	]);
	return markdownTable([head, ...lines]);
}

function cell({ ratio, refused, failed }: Figures): string {
	const lost = failed ? `, ${failed} failed` : '';
	return `${ratio.toFixed(2)}, ${Math.round(refused * 100)}%${lost}`;
}
