/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../../package.json';
import { readTracked as read, REPOSITORY, trackedFiles } from './trackedFiles';

test('every node links the page that package.json names', () => {
	const codexFiles = trackedFiles().filter((file) => file.endsWith('.node.json'));
	expect(codexFiles).toHaveLength(manifest.n8n.nodes.length);
	for (const file of codexFiles) {
		const { node, resources } = JSON.parse(read(file));
		expect(node).toMatch(new RegExp(`^${manifest.name}\\.`));
		expect(resources.primaryDocumentation).toEqual([{ url: `${manifest.homepage}#readme` }]);
	}
});

test('repository, homepage and bugs in package.json have the same owner', () => {
	expect(manifest.repository.url).toBe(`git+${manifest.homepage}.git`);
	expect(manifest.bugs.url).toBe(`${manifest.homepage}/issues`);
	expect(manifest.homepage).toMatch(new RegExp(`/${manifest.name}$`));
});

test('the links and pictures of every page lead to files of the repository', () => {
	const pages = trackedFiles().filter((file) => file.endsWith('.md'));
	const lost = pages.flatMap((page) =>
		[...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
			.filter(([, link]) => !existsSync(join(REPOSITORY, dirname(page), link)))
			.map(([, link]) => `${page}: ${link}`),
	);
	expect(pages).toContain('README.md');
	expect(lost).toEqual([]);
});

test('the changelog has the form of Keep a Changelog and a place for what comes next', () => {
	const headings = read('CHANGELOG.md').match(/^##? .*$/gm) ?? [];
	expect(headings.slice(0, 2)).toEqual(['# Changelog', '## [Unreleased]']);
	for (const heading of headings.slice(2)) {
		expect(heading).toMatch(/^## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
	}
	const kinds = read('CHANGELOG.md').match(/^### .*$/gm) ?? [];
	for (const kind of kinds) {
		expect(kind).toMatch(/^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/);
	}
});

test('auto-changelog, which n8n-node release runs, writes to a file that git ignores', () => {
	expect(JSON.parse(read('.auto-changelog')).output).toMatch(/^node_modules\//);
});
