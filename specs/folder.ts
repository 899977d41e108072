/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where `npm run specs` puts the models' OpenAPI documents; git ignores it. */
export const DOWNLOADS = join(__dirname, 'downloaded');

/** The subfolders of the folder for downloads. */
export const downloadFolders = (downloads: string) => ({
	/** The last complete download: its documents, index.json and report.json. */
	current: join(downloads, 'current'),
	/** The complete download before it. */
	previous: join(downloads, 'previous'),
	/** Cached answers of a download that is running or was interrupted. */
	unfinished: join(downloads, 'unfinished'),
	/** The next current download while it is being written. */
	next: join(downloads, 'next'),
});

/**
 * The folder of the models' OpenAPI documents and their index.json: the one that `AIMLAPI_SPECS` names, or
 * else the downloaded one.
 *
 * @returns an absolute path; `undefined` if there is neither
 * @throws Error if the folder that `AIMLAPI_SPECS` names has no index.json
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
