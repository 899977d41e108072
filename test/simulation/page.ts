/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../../harness/packedPackage';
import type { ProcessesRow } from './manyProcesses';
import { markdownTable } from './markdown';
import { toMarkdown, type Row } from './table';

export const RATE_LIMITS_PAGE = join(REPOSITORY, 'docs/rate-limits.md');
export const OPERATING_PAGE = join(REPOSITORY, 'docs/operating.md');

const START = '<!-- simulated: npm run docs:rate-limits -->';
const END = '<!-- /simulated -->';

/** docs/rate-limits.md with an updated table. */
export const rateLimitsPage = async (rows: Row[]): Promise<string> =>
	await withTable(RATE_LIMITS_PAGE, toMarkdown(rows));

/** docs/operating.md with an updated table. */
export const operatingPage = async (rows: ProcessesRow[]): Promise<string> =>
	await withTable(OPERATING_PAGE, processesToMarkdown(rows));

async function withTable(file: string, table: string): Promise<string> {
	const page = await readFile(file, 'utf8');
	const [before, rest] = page.split(START);
	const after = rest?.split(END)[1];
	if (after === undefined) throw new Error(`${file} has no place for the table`);
	return `${before}${START}\n\n${table}\n\n${END}${after}`;
}

function processesToMarkdown(rows: ProcessesRow[]): string {
	const head = ['n8n processes', 'delivered', 'wall time over ideal', 'refused per item'];
	const lines = rows.map(({ processes, delivered, ratio, refused }) => [
		String(processes),
		String(delivered),
		ratio.toFixed(2),
		refused.toFixed(2),
	]);
	return markdownTable([head, ...lines]);
}
