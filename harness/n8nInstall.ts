/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, cacheRoot } from './cache';
import { requireDiskSpace } from './diskSpace';
import { fittingNode } from './nodeInstall';
import type { NodeRuntime } from './nodeRuntime';
import { npm } from './npm';
import { step } from './progress';

/** The version of n8n for all tests and benchmarks. */
export const N8N_VERSION = '2.41.1';

const NEEDED_GB = 3;

/** An installed n8n. */
export interface N8n {
	node: NodeRuntime;
	/** Path of its command-line program, which `node` runs. */
	program: string;
	/** Environment variables that this version needs. */
	env?: Record<string, string>;
}

/**
 * An n8n, by default the pinned one, and a Node that it runs on. Both are installed the first time and
 * then cached.
 *
 * @param overrides versions of its dependencies, if the latest ones break it
 * @param nodeMajor the major version of Node, if n8n refuses that of the pinned one
 */
export async function installedN8n(
	version = N8N_VERSION,
	overrides: Record<string, string> = {},
	nodeMajor?: number,
): Promise<N8n> {
	const node = await fittingNode(nodeMajor);
	const name = `n8n-${version}-${process.platform}-${process.arch}-abi${node.abi}`;
	const folder = await cached(name, (empty) => install(node, empty, version, overrides));
	return { node, program: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function install(
	node: NodeRuntime,
	folder: string,
	version: string,
	overrides: Record<string, string>,
): Promise<void> {
	await requireDiskSpace(NEEDED_GB, cacheRoot());
	await step(`Getting n8n ${version} (once; some minutes, ${NEEDED_GB} GB)`, async () => {
		const manifest = { private: true, dependencies: { n8n: version }, overrides };
		await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
		const flags = ['--prefix', '.', '--ignore-scripts', '--legacy-peer-deps'];
		await npm('Getting n8n', ['install', ...flags], { folder, node });
	});
	await step('Preparing its compiled parts (once; up to two minutes)', async () => {
		const rebuild = ['rebuild', '--prefix', '.', '--ignore-scripts=false', 'isolated-vm'];
		await npm('Preparing the compiled parts of n8n', rebuild, { folder, node });
		const built = await builtSqlite(node, await versionOf(folder, 'sqlite3'));
		await cp(built, join(folder, SQLITE), { recursive: true });
	});
}

const SQLITE = join('node_modules', 'sqlite3');

async function versionOf(folder: string, name: string): Promise<string> {
	const manifest = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}

/** The path of a compiled sqlite3, which all versions of n8n share. */
async function builtSqlite(node: NodeRuntime, version: string): Promise<string> {
	const name = `sqlite3-${version}-${process.platform}-${process.arch}-abi${node.abi}`;
	const folder = await cached(name, async (empty) => {
		const install = ['install', `sqlite3@${version}`, '--prefix', '.', '--ignore-scripts'];
		await npm('Getting sqlite3', install, { folder: empty, node });
		const build = ['rebuild', '--prefix', '.', '--ignore-scripts=false', 'sqlite3'];
		await npm('Compiling sqlite3', build, { folder: empty, node });
	});
	return join(folder, SQLITE);
}
