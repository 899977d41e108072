/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../../../harness/fingerprint';
import { useTempFolder } from '../../support/useTempFolder';

const temp = useTempFolder();

test('a fingerprint changes with the content and the names of files, and with nothing else', async () => {
	const folder = temp.path;
	await writeFile(join(folder, 'a'), 'one');
	const first = await fingerprint(folder);
	await writeFile(join(folder, 'a'), 'one');
	expect(await fingerprint(folder)).toBe(first);
	await writeFile(join(folder, 'a'), 'two');
	const second = await fingerprint(folder);
	await rename(join(folder, 'a'), join(folder, 'b'));
	expect(new Set([first, second, await fingerprint(folder)]).size).toBe(3);
});
