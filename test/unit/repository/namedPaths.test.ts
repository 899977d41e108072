import { findLostPaths } from './namedPaths';
import { readTracked, trackedFiles } from './trackedFiles';

test.each(['AGENTS.md', 'CONTRIBUTING.md', 'docs/releasing.md'])(
	'every path that %s names in backticks exists',
	(page) => {
		expect(findLostPaths(readTracked(page), trackedFiles())).toEqual([]);
	},
);

const FILES = ['nodes/AimlApi/resources/chat/complete.operation.ts', 'docs/releasing.md'];

test.each([
	'nodes/shared/run/retry.ts',
	'resources/chat/',
	'nodes/AimlApi/resources/<resource>/index.ts',
	'docs/*.yml',
	'release.md',
	'chat.ts',
])('a path that leads nowhere is found: %s', (path) => {
	expect(findLostPaths(`See \`${path}\`.`, FILES)).toEqual([path]);
});

test.each([
	'nodes/AimlApi/',
	'nodes/AimlApi/resources/<resource>/<operation>.operation.ts',
	'docs/*.md',
	'releasing.md',
	'chat/',
	'npm run pack',
	'AIMLAPI_SPECS',
	'@n8n/ai-node-sdk',
	'~/.n8n/nodes',
])('a path that exists, or text that is no path, is not found: %s', (path) => {
	expect(findLostPaths(`See \`${path}\`.`, FILES)).toEqual([]);
});
