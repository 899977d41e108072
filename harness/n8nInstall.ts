/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { cached, cacheRoot } from './cache';
import { requireDiskSpace } from './diskSpace';
import { fittingNode } from './nodeInstall';
import type { NodeRuntime } from './nodeRuntime';
import { npm } from './npm';
import { step } from './progress';

/** The n8n that everything here is tried on. */
export const N8N_VERSION = '2.41.1';

const NEEDED_GB = 3;

/** An n8n that is ready to be started. */
export interface N8n {
	node: NodeRuntime;
	/** Its command-line program, to be run by `node`. */
	program: string;
}

/** The pinned n8n and a Node that it runs on: fetched the first time, then from the cache. */
export async function installedN8n(): Promise<N8n> {
	const node = await fittingNode();
	const name = `n8n-${N8N_VERSION}-${process.platform}-${process.arch}-abi${node.abi}`;
	const folder = await cached(name, (empty) => install(node, empty));
	return { node, program: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function install(node: NodeRuntime, folder: string): Promise<void> {
	await requireDiskSpace(NEEDED_GB, cacheRoot());
	await step(`Getting n8n ${N8N_VERSION} (once; some minutes, ${NEEDED_GB} GB)`, async () => {
		const flags = ['--prefix', '.', '--ignore-scripts', '--legacy-peer-deps'];
		await npm('Getting n8n', ['install', `n8n@${N8N_VERSION}`, ...flags], { folder, node });
	});
	await step('Preparing its compiled parts (once; up to two minutes)', async () => {
		const args = ['rebuild', '--prefix', '.', '--ignore-scripts=false', 'sqlite3', 'isolated-vm'];
		await npm('Preparing the compiled parts of n8n', args, { folder, node });
	});
}
