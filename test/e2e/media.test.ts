import type { Browser, Page } from 'playwright-core';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf, type OutputItem } from '../../harness/runData';
import { example } from '../../harness/workflows/workflow';
import { expectSuccess, useN8n } from '../support/useN8n';
import { startChromium } from './support/chromium';
import { openInBrowser, parseGlb } from './support/openedFile';

jest.setTimeout(300_000);

const examples = {
	picture: example('picture-to-3d'),
	animate: example('animate-a-picture'),
	later: example('start-now-fetch-later'),
	voice: example('voice-memo'),
	music: example('compose-music'),
	invoice: example('read-an-invoice'),
	nearest: example('nearest-text'),
};

let browser: Browser;
let page: Page;

beforeAll(async () => {
	browser = await startChromium();
	page = await browser.newPage();
});
const n8n = useN8n(
	async () => await preparedN8n(Object.values(examples), { jobPace: { pollsUntilDone: 2 } }),
);
afterAll(async () => await browser?.close());

const run = async (name: keyof typeof examples) =>
	expectSuccess(await n8n.rest.runWorkflow(examples[name].id, 'Run by Hand'));

/** The file of an item, from n8n's binary store. */
async function fileOf({ json, binary }: OutputItem): Promise<Buffer> {
	const { id, mimeType } = (binary as Record<'data', { id: string; mimeType: string }>).data;
	const bytes = await n8n.rest.file(id);
	expect({ mimeType, size: bytes.length }).toEqual({
		mimeType: json.mimeType,
		size: json.fileSize,
	});
	return bytes;
}

const open = async (item: OutputItem) =>
	await openInBrowser(page, await fileOf(item), String(item.json.mimeType));

const expectPaid = (...items: OutputItem[]) => {
	for (const { json } of items) expect(json.cost).toMatchObject({ usd: expect.any(Number) });
};

test('a prompt becomes a PNG, an edited PNG and a GLB, all of which open', async () => {
	const data = await run('picture');
	const [[made], [edited], [model]] = [
		'Generate an Image',
		'Edit the Image',
		'Make a 3D Model',
	].map((node) => itemsOf(data, node));
	for (const picture of [made, edited]) {
		expect(picture.json.mimeType).toBe('image/png');
		expect(await open(picture)).toEqual({ width: expect.any(Number), height: expect.any(Number) });
	}
	expect(model.json).toMatchObject({
		mimeType: 'model/gltf-binary',
		fileName: expect.stringMatching(/\.glb$/),
	});
	expect(parseGlb(await fileOf(model)).meshes).toHaveLength(1);
	expectPaid(made, edited, model);
});

test('a picture becomes an MP4 that plays', async () => {
	const [video] = itemsOf(await run('animate'), 'Animate It');
	expect(video.json.mimeType).toBe('video/mp4');
	expect((await open(video)).duration).toBeGreaterThan(1);
	expectPaid(video);
});

test('videos started now are fetched later, each linked to its prompt and paid once', async () => {
	const data = await run('later');
	const started = itemsOf(data, 'Start the Video');
	const fetched = itemsOf(data, 'Fetch the Video');
	expect(fetched.map(({ json }) => json.id)).toEqual(started.map(({ json }) => json.generationId));
	expect(fetched.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	for (const video of fetched) expect((await open(video)).duration).toBeGreaterThan(1);
	expect(n8n.sandbox.requestLog.paidCalls).toBe(3);
});

test('a memo becomes a WAV that plays, its text, and a list of tasks', async () => {
	const data = await run('voice');
	const [spoken] = itemsOf(data, 'Speak It');
	expect(spoken.json).toMatchObject({
		mimeType: 'audio/wav',
		fileName: expect.stringMatching(/\.wav$/),
	});
	expect((await open(spoken)).duration).toBeGreaterThan(1);
	const [written] = itemsOf(data, 'Write It Down');
	expect(written.json.text).toContain(spoken.json.fileName);
	const [tasks] = itemsOf(data, 'List the Tasks');
	expect(tasks.json.json).toEqual({ tasks: expect.any(Array) });
	expectPaid(spoken, written, tasks);
});

test('a prompt becomes music that plays', async () => {
	const [piece] = itemsOf(await run('music'), 'Compose');
	expect(piece.json.mimeType).toMatch(/^audio\//);
	expect((await open(piece)).duration).toBeGreaterThan(1);
	expectPaid(piece);
});

test('a document becomes text and a row with its cost', async () => {
	const data = await run('invoice');
	const [text] = itemsOf(data, 'Extract the Text');
	expect(text.json).toMatchObject({ text: expect.stringContaining('# Page 1'), pages: 3 });
	const [row] = itemsOf(data, 'Row for the Books');
	expect(row.json).toEqual({
		number: expect.any(String),
		total: expect.any(Number),
		currency: expect.any(String),
		url: expect.stringContaining('https://'),
		costUsd: expect.any(Number),
	});
});

test('texts become vectors, by which they can be sorted', async () => {
	const data = await run('nearest');
	expect(itemsOf(data, 'Embed Them All')).toHaveLength(4);
	const [first, ...others] = itemsOf(data, 'Nearest First').map(({ json }) =>
		Number(json.nearness),
	);
	for (const other of others) expect(first).toBeGreaterThanOrEqual(other);
});
