/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where `npm run specs` puts the models' OpenAPI documents; git ignores it. */
export const DOWNLOADS = join(__dirname, 'downloaded');

/** The folders below the one for downloads. */
export const downloadFolders = (downloads: string) => ({
	/** All documents of the last complete download, with index.json and report.json. */
	current: join(downloads, 'current'),
	/** Those of the complete download before. */
	previous: join(downloads, 'previous'),
	/** The answers of a download that goes on or was interrupted. */
	unfinished: join(downloads, 'unfinished'),
	/** Holds what becomes current while it is written. */
	next: join(downloads, 'next'),
});

/**
 * The folder of the models' OpenAPI documents, with an index.json: the one that `AIMLAPI_SPECS` names,
 * else the downloaded one.
 *
 * @returns an absolute path, `undefined` when there is neither
 * @throws Error when the folder that `AIMLAPI_SPECS` names has no index.json
 */
export function specsFolder(
	env: NodeJS.ProcessEnv = process.env,
	downloads: string = DOWNLOADS,
): string | undefined {
	const { current } = downloadFolders(downloads);
	if (!env.AIMLAPI_SPECS) return hasIndex(current) ? current : undefined;
	const named = resolve(env.AIMLAPI_SPECS);
	if (!hasIndex(named)) throw new Error(`AIMLAPI_SPECS names ${named}, which has no index.json.`);
	return named;
}

const hasIndex = (folder: string): boolean => existsSync(join(folder, 'index.json'));
