/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs in CI, never inside n8n */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readSpecs } from './changes';
import { DOWNLOADS, downloadFolders } from './folder';
import { toSummary, type TestResults } from './summary';

/** `npm run specs:summary`: prints a summary of the current download; `--results` is Jest's JSON report. */
async function run(): Promise<void> {
	const { values } = parseArgs({
		options: { downloads: { type: 'string', default: DOWNLOADS }, results: { type: 'string' } },
	});
	const { current, previous } = downloadFolders(values.downloads);
	const before = await readSpecs(previous).catch(() => undefined);
	const results = values.results && (await readFile(values.results, 'utf8').catch(() => ''));
	console.log(
		toSummary(
			await readSpecs(current),
			before,
			results ? (JSON.parse(results) as TestResults) : undefined,
		),
	);
}

run().catch(({ message }: Error) => {
	console.log(`# Contract with the live catalog\n\nNo documents were downloaded: ${message}`);
	process.exitCode = 1;
});
