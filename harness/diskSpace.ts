/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { statfs } from 'node:fs/promises';
import { UserFacingError } from './errors';

/** Stops before an install that would fill the disk on which the folder is. */
export async function requireDiskSpace(neededGb: number, folder: string): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	const freeGb = (bavail * bsize) / 1024 ** 3;
	if (freeGb >= neededGb) return;
	throw new UserFacingError(
		`This needs about ${neededGb} GB, but only ${freeGb.toFixed(1)} GB are free in ${folder}. ` +
			'Free some space, or let XDG_CACHE_HOME name a folder on another disk.',
	);
}
