/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Watcher } from '../../../harness/watch';
import { useTempFolder } from '../../support/useTempFolder';

let watcher: Watcher;
afterEach(() => watcher.close());
const folder = useTempFolder();
beforeEach(async () => {
	await mkdir(join(folder.path, 'a', 'b'), { recursive: true });
	watcher = new Watcher([folder.path]);
});

test('several changes in a row are one, wherever in the folder they are', async () => {
	const changed = watcher.nextChange();
	await writeFile(join(folder.path, 'a', 'b', 'one.ts'), '1');
	await writeFile(join(folder.path, 'two.ts'), '2');
	await changed;

	let more = false;
	void watcher.nextChange().then(() => (more = true));
	await Promise.resolve();
	expect(more).toBe(false);
});

test('a change that comes while nobody waits ends the next wait at once', async () => {
	await writeFile(join(folder.path, 'a', 'one.ts'), '1');
	await sleep(200);
	await watcher.nextChange();
});
