/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeLine, readTable } from '../../../harness/compat/document';
import { REPOSITORY } from '../../../harness/packedPackage';

const read = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');

test('README claims the versions of n8n that docs/compatibility.md shows to work, and no others', () => {
	const [claim] =
		/Tested in n8n .*?compatibility\.md\)\./.exec(read('README.md').replace(/\s+/g, ' ')) ?? [];
	expect(claim).toBe(readmeLine(readTable(read('docs/compatibility.md'))));
});
