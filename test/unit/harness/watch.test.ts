/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Watcher } from '../../../harness/watch';

let folder: string;
let watcher: Watcher;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'watch-'));
	await mkdir(join(folder, 'a', 'b'), { recursive: true });
	watcher = new Watcher([folder]);
});
afterEach(async () => {
	watcher.close();
	await rm(folder, { recursive: true });
});

test('several changes in a row are one, wherever in the folder they are', async () => {
	const changed = watcher.nextChange();
	await writeFile(join(folder, 'a', 'b', 'one.ts'), '1');
	await writeFile(join(folder, 'two.ts'), '2');
	await changed;

	let more = false;
	void watcher.nextChange().then(() => (more = true));
	await Promise.resolve();
	expect(more).toBe(false);
});

test('a change that comes while nobody waits is told to the next who does', async () => {
	await writeFile(join(folder, 'a', 'one.ts'), '1');
	await new Promise((resolve) => AbortSignal.timeout(200).addEventListener('abort', resolve));
	await watcher.nextChange();
});
