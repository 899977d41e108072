/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { specsFolder } from '../../../specs/folder';
import { useTempFolder } from '../../support/useTempFolder';

const folder = useTempFolder();

async function withIndex(...path: string[]): Promise<string> {
	const filled = join(folder.path, ...path);
	await mkdir(filled, { recursive: true });
	await writeFile(join(filled, 'index.json'), '[]');
	return filled;
}

test.each([{}, { AIMLAPI_SPECS: '' }])(
	'with the environment %j, the downloaded documents are taken',
	async (env) => {
		expect(specsFolder(env, folder.path)).toBeUndefined();
		const current = await withIndex('current');
		expect(specsFolder(env, folder.path)).toBe(current);
	},
);

test('the folder that AIMLAPI_SPECS names comes first', async () => {
	await withIndex('current');
	const named = await withIndex('named');
	expect(specsFolder({ AIMLAPI_SPECS: named }, folder.path)).toBe(named);
});

test('a folder that AIMLAPI_SPECS names must have documents', async () => {
	await withIndex('current');
	expect(() => specsFolder({ AIMLAPI_SPECS: join(folder.path, 'none') }, folder.path)).toThrow(
		`AIMLAPI_SPECS names ${join(folder.path, 'none')}, which has no index.json`,
	);
});
