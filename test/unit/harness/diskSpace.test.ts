/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { tmpdir } from 'node:os';
import { requireDiskSpace } from '../../../harness/diskSpace';

test('an install that would fill the disk is not begun', async () => {
	await requireDiskSpace(0, tmpdir());
	await expect(requireDiskSpace(1e9, tmpdir())).rejects.toThrow(/only [\d.]+ GB are free in /);
});
