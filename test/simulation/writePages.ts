/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { writeFile } from 'node:fs/promises';
import { simulateProcesses } from './manyProcesses';
import { OPERATING_PAGE, operatingPage, RATE_LIMITS_PAGE, rateLimitsPage } from './page';
import { simulateAll } from './table';

/** `npm run docs:rate-limits`: writes the simulated tables into the documentation. */
async function writePages(): Promise<void> {
	await writeFile(RATE_LIMITS_PAGE, await rateLimitsPage(await simulateAll()));
	await writeFile(OPERATING_PAGE, await operatingPage(await simulateProcesses()));
}

void writePages();
