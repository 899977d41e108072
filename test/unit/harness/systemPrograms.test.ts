/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireProgram } from '../../../harness/systemPrograms';
import { useTempFolder } from '../../support/useTempFolder';

const folder = useTempFolder();

beforeEach(async () => {
	for (const version of ['9', '15', '16']) {
		const bin = join(folder.path, version, 'bin');
		await mkdir(bin, { recursive: true });
		if (version !== '16') await writeFile(join(bin, 'initdb'), '');
	}
});

test('the newest PostgreSQL that has the program is taken', () => {
	const path = requireProgram('initdb', 'postgresql', { env: {}, versions: folder.path });
	expect(path).toBe(join(folder.path, '15', 'bin', 'initdb'));
});

test('a program on the PATH comes first', () => {
	const env = { PATH: join(folder.path, '9', 'bin') };
	const path = requireProgram('initdb', 'postgresql', { env, versions: folder.path });
	expect(path).toBe(join(folder.path, '9', 'bin', 'initdb'));
});

test('a missing program is an error that says what to install', () => {
	expect(() => requireProgram('redis-server', 'redis-server', { env: {} })).toThrow(
		/'redis-server' is not installed.*apt-get install redis-server/,
	);
});
