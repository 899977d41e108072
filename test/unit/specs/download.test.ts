/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { downloadSpecs } from '../../../specs/download';
import { downloadFolders } from '../../../specs/folder';
import { INVENTED_SPECS, readCollection } from '../../contract/collections';
import { useTempFolder } from '../../support/useTempFolder';

const downloads = useTempFolder();
let sandbox: Sandbox;
let waits: number[];

beforeEach(async () => {
	sandbox = await startSandbox({ specs: INVENTED_SPECS });
	waits = [];
});
afterEach(async () => await sandbox.close());

const download = async (onProgress?: (done: number, total: number) => void) =>
	await downloadSpecs({
		host: sandbox.url,
		downloads: downloads.path,
		pause: async (ms) => void waits.push(ms),
		onProgress,
	});

const requests = (path: string): number =>
	sandbox.requestLog.calls.filter((call) => call.path === path).length;

const downloaded = () => {
	const { models } = readCollection('downloaded', downloadFolders(downloads.path).current);
	return models.map(({ id, endpoint, document }) => ({ id, endpoint, paths: document.paths }));
};

const documented = () =>
	sandbox.models.map(({ id, endpoint, document }) => ({ id, endpoint, paths: document.paths }));

test('every model comes with its document, as the contract tests read them', async () => {
	const report = await download();
	expect(downloaded()).toEqual(documented());
	expect(report).toMatchObject({
		documents: sandbox.models.length,
		unlinked: [],
		skipped: [],
	});
	expect(report.models.map(({ id }) => id)).toEqual(sandbox.models.map(({ id }) => id));
});

test('the catalog is asked for once, each document once, after a wait and without a key', async () => {
	await download();
	expect(requests('/v1/models')).toBe(1);
	expect(requests('/docs-json')).toBe(sandbox.models.length);
	expect(waits).toEqual(sandbox.models.map(() => 250));
});

test('progress is told after each document', async () => {
	const told: string[] = [];
	await download((done, total) => told.push(`${done} of ${total}`));
	const total = sandbox.models.length;
	expect(told).toEqual(sandbox.models.map((_, index) => `${index + 1} of ${total}`));
});

/** A model whose id is part of no other's, so that a fault meets its document only. */
const single = () => {
	const { models } = sandbox;
	const [model] = models.filter(
		({ id }) => models.filter((other) => other.id.includes(id)).length === 1,
	);
	return model;
};

test.each([
	['is missing', { status: 404 }, 'HTTP 404', 1],
	['is not JSON', { body: 'oops' }, 'it is not JSON', 1],
	[
		'is not an OpenAPI document',
		{ body: '{"swagger": "2.0"}' },
		'it is not an OpenAPI document',
		1,
	],
	['has no request', { body: '{"paths": {"/v1/x": {"get": {}}}}' }, 'it describes no request', 1],
	['is unavailable', { status: 503 }, 'HTTP 503', 4],
	['comes over a broken connection', { reset: 'before' }, /other side closed|ECONNRESET/, 4],
] as const)('a document that %s is skipped and reported', async (_, fault, reason, attempts) => {
	const { id } = single();
	sandbox.faults.set([{ when: { path: '/docs-json', contains: id }, do: fault }]);
	const { skipped, documents } = await download();
	expect(skipped).toEqual([
		{
			model: id,
			url: expect.stringContaining(encodeURIComponent(id)),
			reason: expect.stringMatching(reason),
		},
	]);
	expect(documents).toBe(sandbox.models.length - 1);
	expect(downloaded()).toEqual(documented().filter((model) => model.id !== id));
	expect(requests('/docs-json')).toBe(documents + attempts);
});

test('a refused request is sent again after the wait that the API asks for', async () => {
	sandbox.faults.set([
		{ when: { path: '/docs-json', nth: 2 }, do: { status: 429, retryAfter: 7 } },
		{ when: { path: '/docs-json', nth: 2 }, do: { status: 500 } },
	]);
	expect((await download()).skipped).toEqual([]);
	expect(waits.filter((ms) => ms !== 250)).toEqual([7000, 4000]);
});

test('models that link no document are reported', async () => {
	const { id } = single();
	const { models } = sandbox;
	const entries = (await catalog()).map((entry) =>
		entry.id === id ? { ...entry, info: {} } : entry,
	);
	const body = JSON.stringify({ object: 'list', data: entries });
	sandbox.faults.set([{ when: { path: '/v1/models' }, do: { body } }]);
	const report = await download();
	expect(report).toMatchObject({ unlinked: [id], documents: models.length - 1 });
	expect(report.models).toHaveLength(models.length);
});

interface CatalogEntry {
	id: string;
	info: object;
}

const catalog = async (): Promise<CatalogEntry[]> => {
	const response = await fetch(`${sandbox.url}/v1/models?include=all`);
	return ((await response.json()) as { data: CatalogEntry[] }).data;
};

test('a folder that cannot be written ends the download instead of skipping every document', async () => {
	await writeFile(downloadFolders(downloads.path).unfinished, '');
	await expect(download()).rejects.toThrow(/EEXIST|ENOTDIR/);
	expect(requests('/docs-json')).toBe(1);
});

test('a download ends when the API is down, and the next one continues from there', async () => {
	sandbox.faults.set([
		...[1, 2, 3, 4, 5].map((nth) => ({ when: { path: '/docs-json', nth }, do: { delayMs: 0 } })),
		{ when: { path: '/docs-json' }, do: { status: 502 } },
	]);
	await expect(download()).rejects.toThrow(`${sandbox.url} does not answer: HTTP 502`);
	expect(await readdir(downloads.path)).toEqual(['unfinished']);

	sandbox.faults.clear();
	const before = requests('/docs-json');
	await download();
	expect(requests('/docs-json') - before).toBe(sandbox.models.length - 5);
	expect(downloaded()).toEqual(documented());
	expect(await readdir(downloads.path)).toEqual(['current']);
});

test('what an interrupted download got more than a day ago is asked for again', async () => {
	sandbox.faults.set([
		{
			when: { path: '/docs-json', nth: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] },
			do: { status: 502 },
		},
	]);
	await expect(download()).rejects.toThrow('does not answer');
	const { unfinished } = downloadFolders(downloads.path);
	const [answer] = await readdir(unfinished);
	const dayAndHour = 25 * 60 * 60;
	const then = Date.now() / 1000 - dayAndHour;
	await utimes(join(unfinished, answer), then, then);

	const before = requests('/docs-json');
	await download();
	expect(requests('/docs-json') - before).toBe(sandbox.models.length);
});

test('the documents of the download before are kept beside the current ones', async () => {
	await download();
	const { id } = single();
	sandbox.faults.set([{ when: { path: '/docs-json', contains: id }, do: { status: 404 } }]);
	await download();
	const { current, previous } = downloadFolders(downloads.path);
	const ids = (folder: string) => readCollection('', folder).models.map((model) => model.id);
	expect(ids(previous)).toContain(id);
	expect(ids(current)).not.toContain(id);
	expect(JSON.parse(await readFile(join(current, 'report.json'), 'utf8'))).toMatchObject({
		skipped: [{ model: id }],
	});
});

test.each([
	['lists no models', { body: '{"object": "list", "data": []}' }, 'lists no models'],
	['is not a catalog', { body: '{"message": "hello"}' }, 'lists no models'],
	['refuses', { status: 403 }, 'HTTP 403'],
])('an API that %s leaves the current documents as they are', async (_, fault, message) => {
	await download();
	sandbox.faults.set([{ when: { path: '/v1/models' }, do: fault }]);
	await expect(download()).rejects.toThrow(message);
	expect(downloaded()).toEqual(documented());
});
