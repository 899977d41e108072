/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './cache';
import { Disposables } from './disposables';
import { fingerprint, textFingerprint } from './fingerprint';
import type { N8nCli } from './n8nCli';
import { N8N_VERSION } from './n8nInstall';
import { REPOSITORY } from './packedPackage';
import { step } from './progress';

/** The folder of the example workflows. */
export const EXAMPLES = join(REPOSITORY, 'examples');

/** The user folder of `npm start`: one for each version of n8n and port of its editor. */
export const demoFolder = (port: number): string =>
	join(cacheRoot(), `demo-${N8N_VERSION}-${port}`);

/** Where the API is, and the key for it. */
export interface Api {
	url: string;
	apiKey: string;
}

/** How the examples refer to their credential. */
export const DEMO_CREDENTIAL = { id: 'aimlapiDemo', name: 'AI/ML API account' };

/** The credential of the examples. */
export const demoCredential = ({ url, apiKey }: Api): Credential => ({
	...DEMO_CREDENTIAL,
	type: 'aimlApi',
	data: { apiKey, url },
});

/** A credential as n8n imports it, with its data unencrypted. */
export interface Credential {
	id: string;
	name: string;
	type: string;
	data: object;
}

/** Imports credentials through a temporary file. */
export async function importCredentials(cli: N8nCli, credentials: Credential[]): Promise<void> {
	const started = new Disposables();
	try {
		const file = join(await started.tempFolder('credential'), 'credential.json');
		await writeFile(file, JSON.stringify(credentials), { mode: 0o600 });
		await cli.importCredentials(file);
	} finally {
		await started.disposeAll();
	}
}

/** Imports the credential and the examples, unless these were the last to be imported. */
export async function importDemo(cli: N8nCli, userFolder: string, api: Api): Promise<void> {
	const stamp = join(userFolder, 'imported');
	const content = `${await fingerprint(EXAMPLES)} ${textFingerprint(api.url + api.apiKey)}`;
	if ((await readFile(stamp, 'utf8').catch(() => '')) === content) return;
	await step('Importing the credential and the examples', async () => {
		await importCredentials(cli, [demoCredential(api)]);
		await cli.importWorkflows(EXAMPLES);
	});
	await writeFile(stamp, content);
}
