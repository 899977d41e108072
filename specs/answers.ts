/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A kept answer is taken for the API's own for so long, in milliseconds. */
const FRESH_FOR = 24 * 60 * 60_000;

/** The API's answers in a folder, so that an interrupted download need not ask for them again. */
export class KeptAnswers {
	constructor(private readonly folder: string) {}

	/** @returns the answer of a URL, parsed; `undefined` when it is not kept or too old */
	async find(url: string): Promise<unknown> {
		const path = this.pathOf(url);
		const kept = await stat(path).catch(() => undefined);
		if (!kept || Date.now() - kept.mtimeMs > FRESH_FOR) return undefined;
		return JSON.parse(await readFile(path, 'utf8'));
	}

	/** Keeps an answer; one that is interrupted here is not kept. */
	async keep(url: string, answer: unknown): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		const path = this.pathOf(url);
		await writeFile(`${path}.partial`, JSON.stringify(answer));
		await rename(`${path}.partial`, path);
	}

	private pathOf(url: string): string {
		return join(this.folder, `${createHash('sha256').update(url).digest('hex')}.json`);
	}
}
