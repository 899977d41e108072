/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { downloadSpecs } from './download';
import { DOWNLOADS, downloadFolders } from './folder';
import { toLines } from './report';

/** The number of documents after which a line of progress is printed. */
const PROGRESS_STEP = 25;

/** `npm run specs`: downloads the documents of the real models. */
async function run(): Promise<void> {
	const { values } = parseArgs({ options: { into: { type: 'string' } } });
	const downloads = values.into ? resolve(values.into) : DOWNLOADS;
	const host = process.env.AIMLAPI_HOST || 'https://api.aimlapi.com';
	console.log(`Downloading the documents of the models of ${host}`);
	const report = await downloadSpecs({
		host,
		downloads,
		pause: async (ms) => await sleep(ms),
		onProgress: (done, total) => {
			if (done % PROGRESS_STEP === 0 || done === total) console.log(`${done} of ${total}`);
		},
	});
	for (const line of toLines(report)) console.log(line);
	console.log(`\nThe documents are in ${downloadFolders(downloads).current}`);
}

run().catch(({ message }: Error) => {
	console.error(`${message}. Run the command again to continue where it stopped.`);
	process.exitCode = 1;
});
