/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import * as markdown from 'prettier/plugins/markdown';
import { format } from 'prettier/standalone';
import { operationPages } from './operationPages';
import { REPOSITORY } from './trackedFiles';

expect.extend({ toMatchFile });

const FOLDER = join(REPOSITORY, 'docs', 'operations');
const pages = operationPages();

const formatted = async (text: string) =>
	await format(text, { parser: 'markdown', plugins: [markdown] });

test.each(pages)(
	'docs/operations/$file says what the editor shows: `npm run docs` writes it',
	async ({ file, text }) => {
		expect(await formatted(text)).toMatchFile(join(FOLDER, file));
	},
);

test('docs/operations/README.md lists all operations', async () => {
	const rows = pages.map(
		({ resource, name, file, description }) =>
			`| ${resource} | [${name}](${file}) | ${description} |`,
	);
	const text = [
		'# Operations\n',
		'| resource | operation | what it does |',
		'| --- | --- | --- |',
		...rows,
	].join('\n');
	expect(await formatted(`${text}\n`)).toMatchFile(join(FOLDER, 'README.md'));
});

test('every page belongs to an operation', () => {
	expect(readdirSync(FOLDER).sort()).toEqual(
		['README.md', ...pages.map(({ file }) => file)].sort(),
	);
});
