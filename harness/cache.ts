/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './childProcess';

const PARTIAL = '.partial-';

/** This package's folder in the user's cache folder. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
	const parent =
		env.XDG_CACHE_HOME ||
		(process.platform === 'win32' && env.LOCALAPPDATA) ||
		join(homedir(), '.cache');
	return join(parent, 'n8n-nodes-aimlapi');
}

/**
 * A folder of the cache, filled by `fill` the first time. It is filled under a temporary name and renamed
 * at the end, so that an interrupted fill doesn't count.
 */
export async function cached(
	name: string,
	fill: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(cacheRoot(), name);
	if (existsSync(folder)) return folder;
	await mkdir(cacheRoot(), { recursive: true });
	await removeAbandoned(folder);
	const partial = `${folder}${PARTIAL}${process.pid}`;
	await mkdir(partial);
	try {
		await fill(partial);
		await rename(partial, folder);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		if (!existsSync(folder)) throw error;
	}
	return folder;
}

async function removeAbandoned(folder: string): Promise<void> {
	const prefix = `${basename(folder)}${PARTIAL}`;
	const names = await readdir(dirname(folder));
	const abandoned = names.filter(
		(name) => name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length))),
	);
	await Promise.all(
		abandoned.map((name) => rm(join(dirname(folder), name), { recursive: true, force: true })),
	);
}
