/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fingerprint } from './fingerprint';
import { npm } from './npm';
import { step } from './progress';

/** The folder of this repository. */
export const REPOSITORY = resolve(__dirname, '..');

/** The sources of the package. */
export const SOURCES = [
	'index.ts',
	'nodes',
	'credentials',
	'icons',
	'gulpfile.js',
	'package.json',
	'tsconfig.json',
	'README.md',
	'CHANGELOG.md',
	'LICENSE.md',
].map((name) => join(REPOSITORY, name));

/** Builds and packs this package unless its sources are unchanged; returns the path of the tarball. */
export async function packedPackage(): Promise<string> {
	const packs = join(REPOSITORY, 'node_modules', '.cache', 'packed');
	const tarball = join(packs, `${await fingerprint(...SOURCES)}.tgz`);
	if (existsSync(tarball)) return tarball;
	await step('Building and packing this package', async () => {
		await npm('The build', ['run', 'build'], { folder: REPOSITORY });
		await rm(packs, { recursive: true, force: true });
		await mkdir(packs, { recursive: true });
		const pack = ['pack', '--ignore-scripts', '--pack-destination', packs];
		await npm('Packing the package', pack, { folder: REPOSITORY });
		const [made] = await readdir(packs);
		await rename(join(packs, made), tarball);
	});
	return tarball;
}

/** Installs the tarball as n8n installs community packages: without peer dependencies. */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes');
	const stamp = join(folder, 'installed-from');
	if ((await readFile(stamp, 'utf8').catch(() => '')) === tarball) return;
	await mkdir(folder, { recursive: true });
	await rm(stamp, { force: true });
	await writeFile(
		join(folder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
	);
	await step('Installing it in n8n', async () => {
		const flags = ['--prefix', '.', '--ignore-scripts', '--legacy-peer-deps', '--omit=peer'];
		const args = ['install', tarball, ...flags, '--offline', '--package-lock=false'];
		await npm('Installing the package', args, { folder });
	});
	await writeFile(stamp, tarball);
}
