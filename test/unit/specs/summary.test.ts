/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareSpecs, findUncallable, readSpecs } from '../../../specs/changes';
import { downloadFolders } from '../../../specs/folder';
import { toSummary } from '../../../specs/summary';
import { useTempFolder } from '../../support/useTempFolder';

const CHAT = '/v1/chat/completions';

/** Documents by `<model> at <endpoint>`. */
type Documents = Record<string, string>;

const downloads = useTempFolder();

async function write(
	folder: 'current' | 'previous',
	documents: Documents,
	rest: { unlinked?: string[]; skipped?: object[] } = {},
): Promise<void> {
	const path = downloadFolders(downloads.path)[folder];
	await mkdir(path, { recursive: true });
	const entries = Object.entries(documents);
	const index = entries.map(([name], number) => {
		const [model, endpoint] = name.split(' at ');
		return { model, endpoint, file: `${number}.json` };
	});
	for (const [number, [, text]] of entries.entries()) {
		await writeFile(join(path, `${number}.json`), text);
	}
	const ids = [...index.map(({ model }) => model), ...(rest.unlinked ?? [])];
	const models = ids.map((id) => ({ id, type: 'a/type' }));
	const report = { documents: entries.length, models, unlinked: [], skipped: [], ...rest };
	await writeFile(join(path, 'index.json'), JSON.stringify(index));
	await writeFile(join(path, 'report.json'), JSON.stringify(report));
}

const read = async (folder: 'current' | 'previous') =>
	await readSpecs(downloadFolders(downloads.path)[folder]);

beforeEach(async () => {
	await write('previous', {
		[`old at ${CHAT}`]: '{}',
		[`kept at ${CHAT}`]: '{}',
		[`same at ${CHAT}`]: '{}',
	});
	await write(
		'current',
		{
			[`same at ${CHAT}`]: '{}',
			[`kept at ${CHAT}`]: '{"openapi": "3.1.0"}',
			[`z-new at ${CHAT}`]: '{}',
			['a_new at /v9/telepathy']: '{}',
		},
		{
			unlinked: ['silent'],
			skipped: [{ model: 'broken', url: '/docs-json', reason: 'HTTP 404' }],
		},
	);
});

test('new and gone models and changed documents are told apart', async () => {
	expect(compareSpecs(await read('previous'), await read('current'))).toEqual({
		newModels: ['a_new', 'silent', 'z-new'],
		goneModels: ['old'],
		changedDocuments: [`kept at ${CHAT}`],
	});
});

test('a request to an endpoint that no operation calls is not callable', async () => {
	expect(findUncallable(await read('current'))).toEqual(['a_new at /v9/telepathy']);
	expect(findUncallable(await read('previous'))).toEqual([]);
});

const results = {
	numPassedTests: 7,
	numFailedTests: 1,
	testResults: [
		{
			message: '',
			assertionResults: [
				{ status: 'passed', fullName: 'the documented models same' },
				{ status: 'failed', fullName: 'the documented models kept' },
			],
		},
		{ message: 'Test suite failed to run\n at x', assertionResults: [] },
	],
};

const coverage = (chatModels: number) => `| operation | endpoint | documented models |
| --- | --- | --- |
| Message a Model | \`/v1/chat/completions\` | ${chatModels} |
| Message a Model (Responses API) | \`/v1/responses\` | 0 |
| Generate an Image | \`/v1/images/generations\` | 0 |
| Edit an Image | \`/v1/images/edits\` | 0 |
| Generate a Video | \`/v2/video/generations\` | 0 |
| Generate Music | \`/v2/generate/audio\` | 0 |
| Generate Speech | \`/v1/tts\` | 0 |
| Transcribe a Recording | \`/v1/stt/create\` | 0 |
| Extract Text | \`/v1/ocr\` | 0 |
| Create Embeddings | \`/v1/embeddings\` | 0 |`;

test('the summary names what a maintainer has to look at, and nothing that is fine', async () => {
	const summary = toSummary(await read('current'), await read('previous'), results);
	expect(summary).toBe(`# Contract with the live catalog

5 models, 4 documents.

Contract tests: 7 passed, 1 failed.

${coverage(3)}

## Not callable: no operation for the endpoint (1)

- a\\_new at /v9/telepathy

## Not callable: a contract test fails (2)

- the documented models kept
- Test suite failed to run

## New models (3)

- a\\_new
- silent
- z-new

## Gone models (1)

- old

## Changed documents (1)

- kept at ${CHAT}

## Unusable documents (1)

- broken: HTTP 404

## Models without a document (1)

- silent`);
});

test('the first night has nothing to compare with', async () => {
	const summary = toSummary(await read('previous'));
	expect(summary).toBe(`# Contract with the live catalog

3 models, 3 documents.

The contract tests did not finish.

${coverage(3)}

There is no earlier download to compare with.`);
});

test('a long list is cut', async () => {
	const many = Array.from({ length: 130 }, (_, index) => [`m${index} at ${CHAT}`, '{}']);
	await write('current', Object.fromEntries(many));
	const summary = toSummary(await read('current'), await read('previous'));
	expect(summary).toContain('## New models (130)');
	expect(summary).toContain('- and 30 more');
	expect(summary.match(/^- m\d+$/gm)).toHaveLength(100);
});

test('the command prints the summary, with the results that jest wrote', async () => {
	const file = join(downloads.path, 'results.json');
	await writeFile(file, JSON.stringify(results));
	const args = ['--import', 'tsx', 'specs/summaryCli.ts'];
	args.push('--downloads', downloads.path, '--results', file);
	const output = execFileSync(process.execPath, args, {
		cwd: join(__dirname, '../../..'),
		encoding: 'utf8',
	});
	expect(output).toBe(`${toSummary(await read('current'), await read('previous'), results)}\n`);
});
