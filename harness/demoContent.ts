/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheRoot } from './cache';
import { fingerprint, textFingerprint } from './fingerprint';
import type { N8nCli } from './n8nCli';
import { N8N_VERSION } from './n8nInstall';
import { REPOSITORY } from './packedPackage';
import { step } from './progress';

/** The folder of the importable workflows. */
export const EXAMPLES = join(REPOSITORY, 'examples');

/** The user folder of `npm start`: one for each version of n8n and port of its editor. */
export const demoFolder = (port: number): string =>
	join(cacheRoot(), `demo-${N8N_VERSION}-${port}`);

/** Where the API is, and the key for it. */
export interface Api {
	url: string;
	apiKey: string;
}

/** The credential that the examples name. */
export const demoCredential = ({ url, apiKey }: Api): Credential => ({
	id: 'aimlapiDemo',
	name: 'AI/ML API account',
	type: 'aimlApi',
	data: { apiKey, url },
});

/** A credential as n8n imports it, its data in plain. */
export interface Credential {
	id: string;
	name: string;
	type: string;
	data: object;
}

/** Imports credentials through a file that is gone afterwards. */
export async function importCredentials(cli: N8nCli, credentials: Credential[]): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'aimlapi-credential-'));
	const file = join(folder, 'credential.json');
	try {
		await writeFile(file, JSON.stringify(credentials), { mode: 0o600 });
		await cli.importCredentials(file);
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Imports the credential that the examples name. */
export const importCredential = async (cli: N8nCli, api: Api): Promise<void> =>
	await importCredentials(cli, [demoCredential(api)]);

/** Imports the credential and the examples, unless the very same were imported before. */
export async function importDemo(cli: N8nCli, userFolder: string, api: Api): Promise<void> {
	const stamp = join(userFolder, 'imported');
	const content = `${await fingerprint(EXAMPLES)} ${textFingerprint(api.url + api.apiKey)}`;
	if ((await readFile(stamp, 'utf8').catch(() => '')) === content) return;
	await step('Importing the credential and the examples', async () => {
		await importCredential(cli, api);
		await cli.importWorkflows(EXAMPLES);
	});
	await writeFile(stamp, content);
}
