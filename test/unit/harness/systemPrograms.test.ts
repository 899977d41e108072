/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireProgram } from '../../../harness/systemPrograms';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'aimlapi-programs-'));
	for (const version of ['9', '15', '16']) {
		const bin = join(folder, version, 'bin');
		await mkdir(bin, { recursive: true });
		if (version !== '16') await writeFile(join(bin, 'initdb'), '');
	}
});

afterAll(async () => await rm(folder, { recursive: true }));

test('the newest PostgreSQL that has the program is taken', () => {
	const path = requireProgram('initdb', 'postgresql', { env: {}, versions: folder });
	expect(path).toBe(join(folder, '15', 'bin', 'initdb'));
});

test('a program on the PATH comes first', () => {
	const env = { PATH: join(folder, '9', 'bin') };
	const path = requireProgram('initdb', 'postgresql', { env, versions: folder });
	expect(path).toBe(join(folder, '9', 'bin', 'initdb'));
});

test('what to install is said where a program is absent', () => {
	expect(() => requireProgram('redis-server', 'redis-server', { env: {} })).toThrow(
		/'redis-server' is not installed.*apt-get install redis-server/,
	);
});
