/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { name, version } from '../package.json';
import { userMessage } from './errors';
import { packedPackage, REPOSITORY } from './packedPackage';
import { say } from './progress';

/** Builds and packs the package, and prints where the tarball is and how to use it. */
async function pack(): Promise<void> {
	const file = `${name}-${version}.tgz`;
	const tarball = join(REPOSITORY, file);
	await copyFile(await packedPackage(), tarball);
	say(`
Packed: ${tarball}

To install it into n8n on this machine:

  mkdir -p ~/.n8n/nodes
  cp "${tarball}" ~/.n8n/nodes/
  cd ~/.n8n/nodes && npm install --prefix . ./${file}

Then restart n8n. For Docker and queue mode, see 'Install' in README.md.`);
}

void pack().catch((error: unknown) => {
	console.error(`\n${userMessage(error)}`);
	process.exitCode = 1;
});
