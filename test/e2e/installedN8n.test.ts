/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedN8n, N8N_VERSION } from '../../harness/n8nInstall';
import { NODE_MAJOR } from '../../harness/nodeInstall';

jest.setTimeout(900_000);

test('the installed n8n is the pinned one and asks for the Node that the harness gives it', async () => {
	const { program } = await installedN8n();
	const manifest = JSON.parse(readFileSync(join(program, '..', '..', 'package.json'), 'utf8'));
	expect(manifest).toMatchObject({
		version: N8N_VERSION,
		engines: { node: `>=${NODE_MAJOR}.0.0` },
	});
});
