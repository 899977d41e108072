import { readmeLine, readTable } from '../../../harness/compat/document';
import { readTracked } from './trackedFiles';

test('README claims the versions of n8n that docs/compatibility.md shows to work, and no others', () => {
	const [claim] =
		/Tested in n8n .*?compatibility\.md\)\./.exec(readTracked('README.md').replace(/\s+/g, ' ')) ??
		[];
	expect(claim).toBe(readmeLine(readTable(readTracked('docs/compatibility.md'))));
});
