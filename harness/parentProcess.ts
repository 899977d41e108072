/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when the parent process has ended; doesn't keep this process alive. */
export async function parentEnded(everyMs = 500): Promise<void> {
	const parent = process.ppid;
	while (process.ppid === parent) await sleep(everyMs, undefined, { ref: false });
}
