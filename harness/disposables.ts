/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program has started, to be ended in reverse order. */
export class Disposables {
	private readonly ends: Array<() => Promise<void>> = [];

	add(end: () => Promise<void>): void {
		this.ends.push(end);
	}

	/** Creates an empty temporary folder, which is removed at the end. */
	async tempFolder(name: string): Promise<string> {
		const folder = await mkdtemp(join(tmpdir(), `aimlapi-${name}-`));
		this.add(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
		return folder;
	}

	/** Ends everything, once; one that fails to end doesn't stop the others from ending. */
	async disposeAll(): Promise<void> {
		for (let end = this.ends.pop(); end; end = this.ends.pop()) await end().catch(() => undefined);
	}
}

/** Runs a function that starts several things; if it fails, ends those that it has started. */
export async function startAll<T>(start: (started: Disposables) => Promise<T>): Promise<T> {
	const started = new Disposables();
	try {
		return await start(started);
	} catch (error) {
		await started.disposeAll();
		throw error;
	}
}
