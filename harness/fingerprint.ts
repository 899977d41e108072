/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A short hash of the names and contents of files and folders. */
export async function fingerprint(...paths: readonly string[]): Promise<string> {
	const hash = createHash('sha256');
	for (const path of paths) await add(hash, path, path);
	return shorten(hash);
}

/** A short hash of a text. */
export const textFingerprint = (text: string): string => shorten(createHash('sha256').update(text));

const shorten = (hash: Hash): string => hash.digest('hex').slice(0, 16);

async function add(hash: Hash, root: string, path: string): Promise<void> {
	if ((await stat(path)).isDirectory()) {
		for (const name of (await readdir(path)).sort()) await add(hash, root, join(path, name));
		return;
	}
	hash.update(`${path.slice(root.length)}\0`).update(await readFile(path));
}
