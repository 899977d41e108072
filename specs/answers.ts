/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryParse } from '../nodes/shared/json';

const MAX_AGE_MS = 24 * 60 * 60_000;

/** Caches the API's answers in a folder, so that an interrupted download can go on. */
export class AnswerCache {
	constructor(private readonly folder: string) {}

	/** @returns the parsed answer of a URL; `undefined` if there is none, or it is older than a day */
	async get(url: string): Promise<unknown> {
		const path = this.pathOf(url);
		const file = await stat(path).catch(() => undefined);
		if (!file || Date.now() - file.mtimeMs > MAX_AGE_MS) return undefined;
		return tryParse(await readFile(path, 'utf8'));
	}

	/** Stores an answer, under its name only once it is complete. */
	async set(url: string, answer: unknown): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		const path = this.pathOf(url);
		await writeFile(`${path}.partial`, JSON.stringify(answer));
		await rename(`${path}.partial`, path);
	}

	private pathOf(url: string): string {
		return join(this.folder, `${createHash('sha256').update(url).digest('hex')}.json`);
	}
}
