/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cached, cacheRoot } from './cache';
import { requireDiskSpace } from './diskSpace';
import type { NodeRuntime } from './nodeRuntime';
import { npm } from './npm';
import { step } from './progress';

/** The oldest major version of Node that the pinned n8n runs on (`engines` in its package.json). */
export const NODE_MAJOR = 24;

const NEEDED_GB = 0.5;

/**
 * The running Node.js if it is new enough, otherwise one from the npm registry, cached.
 *
 * @param major the exact major version, for an n8n that refuses later ones
 */
export async function fittingNode(major?: number): Promise<NodeRuntime> {
	const running = Number.parseInt(process.versions.node, 10);
	if (major === undefined ? running >= NODE_MAJOR : running === major) {
		return { binary: process.execPath, abi: process.versions.modules };
	}
	return await nodeFromRegistry(major ?? NODE_MAJOR);
}

async function nodeFromRegistry(major: number): Promise<NodeRuntime> {
	const { platform, arch } = process;
	// On Linux, the package with the binary needs no install script.
	const name = platform === 'linux' ? `node-linux-${arch}` : 'node';
	const folder = await cached(`node-${major}-${platform}-${arch}`, (empty) =>
		step(`Getting Node ${major}, which n8n needs (this is ${process.version})`, async () => {
			await requireDiskSpace(NEEDED_GB, cacheRoot());
			const args = ['install', '--prefix', '.', '--ignore-scripts=false', `${name}@${major}`];
			await npm(`Getting Node ${major}`, args, { folder: empty });
		}),
	);
	const home = join(folder, 'node_modules', name);
	const binary = join(home, 'bin', platform === 'win32' ? 'node.exe' : 'node');
	const abi = execFileSync(binary, ['-p', 'process.versions.modules'], { encoding: 'utf8' }).trim();
	return { binary, abi, headers: platform === 'linux' ? home : undefined };
}
