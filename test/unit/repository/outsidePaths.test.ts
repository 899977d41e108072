/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOutsidePaths } from './outsidePaths';
import { REPOSITORY, trackedFiles } from './trackedFiles';

test('no file but .ci/run names a folder above the repository', () => {
	const files = trackedFiles().filter((file) => file !== '.ci/run');
	const found = files.flatMap((file) => {
		const text = readFileSync(join(REPOSITORY, file), 'latin1');
		if (text.includes('\0')) return [];
		return findOutsidePaths(file, text, REPOSITORY).map((path) => `${file}: ${path}`);
	});
	expect(files).toContain('package.json');
	expect(found).toEqual([]);
});

const PARENT = '..';

test.each([
	['README.md', `see ${PARENT}/shared/documents`],
	['README.md', `[documents](${PARENT}/documents.md)`],
	['sandbox/cli.ts', `join(__dirname, '${PARENT}', '${PARENT}', 'shared', 'documents')`],
	['sandbox/cli.ts', `join(__dirname, "${PARENT}/${PARENT}/shared")`],
	['sandbox/cli.ts', `join('${PARENT}', 'shared')`],
	['sandbox/cli.ts', `readFile('${PARENT}/shared/documents/index.json')`],
	['nodes/AimlApi/AimlApi.node.ts', `import x from '${PARENT}/${PARENT}/${PARENT}/other/nodes'`],
	['package.json', `"test": "cd ${PARENT} && ls"`],
	['docs/releasing.md', `cp "$(dirname "$0")/${PARENT}/${PARENT}/shared" .`],
])('a path above the repository is found in %s: %s', (file, text) => {
	expect(findOutsidePaths(file, text, REPOSITORY)).toHaveLength(1);
});

test.each([
	['nodes/AimlApi/AimlApi.node.ts', `import type { Operation } from '${PARENT}/shared'`],
	['test/unit/codex.test.ts', `join(__dirname, '${PARENT}', '${PARENT}', 'nodes', name)`],
	['harness/packedPackage.ts', `resolve(__dirname, '${PARENT}')`],
	['docs/releasing.md', `[README](${PARENT}/README.md#install)`],
	['test/e2e/tool.test.ts', `join(program, '${PARENT}', '${PARENT}', '${PARENT}', 'package.json')`],
	['README.md', 'from 1 to 3... [...names], main..HEAD, {1..5}, https://example.com/a/../b'],
])('a path inside the repository is not found in %s: %s', (file, text) => {
	expect(findOutsidePaths(file, text, REPOSITORY)).toEqual([]);
});
