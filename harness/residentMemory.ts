/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const residentBytes = (pid: number): number =>
	Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;

/** Runs `work` and measures by how many bytes, at most, the memory of a process grows meanwhile. */
export async function withGrowth<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; grownBytes: number }> {
	const before = residentBytes(pid);
	let most = before;
	let isRunning = true;
	const watch = (async () => {
		while (isRunning) {
			most = Math.max(most, residentBytes(pid));
			await sleep(50);
		}
	})();
	try {
		const result = await work();
		return { result, grownBytes: most - before };
	} finally {
		isRunning = false;
		await watch;
	}
}
