/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from '../../../harness/fingerprint';

test('a fingerprint changes with the content and the names of files, and with nothing else', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'aimlapi-print-'));
	await writeFile(join(folder, 'a'), 'one');
	const first = await fingerprint(folder);
	await writeFile(join(folder, 'a'), 'one');
	expect(await fingerprint(folder)).toBe(first);
	await writeFile(join(folder, 'a'), 'two');
	const second = await fingerprint(folder);
	await rename(join(folder, 'a'), join(folder, 'b'));
	expect(new Set([first, second, await fingerprint(folder)]).size).toBe(3);
	await rm(folder, { recursive: true });
});
