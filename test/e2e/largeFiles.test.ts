/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nRest } from '../../harness/n8nRest';
import { itemsOf, type OutputItem } from '../../harness/runData';
import { preparedN8n, type PreparedN8n } from '../../harness/preparedN8n';
import { aimlApiNode, chain } from '../../harness/workflows/workflow';

jest.setTimeout(300_000);

const MB = 1024 ** 2;
const model = (value: string) => ({ __rl: true, mode: 'id', value });
const options = { pollInterval: 0.1 };

const download = chain('large00000000001', [
	aimlApiNode('Video', {
		resource: 'video',
		operation: 'generate',
		model: model('google/veo-3.1-t2v-fast'),
		prompt: 'A boat',
		options,
	}),
]);

/** A recording of that size, from the sandbox's storage into n8n's and up again. */
const upload = (id: string, size: string) =>
	chain(id, [
		aimlApiNode('Speak', {
			resource: 'audio',
			operation: 'speak',
			model: model('openai/gpt-4o-mini-tts'),
			text: 'Hello',
			options: { download: false },
		}),
		{
			name: 'Fetch',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `={{ $json.url }}?size=${size}`,
				options: { response: { response: { responseFormat: 'file' } } },
			},
		},
		aimlApiNode('Transcribe', {
			resource: 'audio',
			operation: 'transcribe',
			model: model('openai/gpt-4o-mini-transcribe'),
			files: { values: [{ source: 'binary', binaryPropertyName: 'data', parameter: '' }] },
			options,
		}),
	]);

const uploadSmall = upload('large00000000002', '1mb');
const uploadLarge = upload('large00000000003', '25mb');

let n8n: PreparedN8n;
let rest: N8nRest;
let pid: number;

beforeAll(async () => {
	n8n = await preparedN8n([download, uploadSmall, uploadLarge]);
	const { server, rest: asOwner } = await n8n.start();
	pid = server.pid;
	rest = asOwner;
});

afterAll(async () => await n8n?.end());

/** Bytes that the n8n process holds in memory. */
const residentBytes = (): number =>
	Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;

/** Runs a workflow: what its last node puts out, and by how much the n8n process grew meanwhile. */
async function measured(workflowId: string, node: string) {
	const before = residentBytes();
	let most = before;
	let isRunning = true;
	const watch = (async () => {
		while (isRunning) {
			most = Math.max(most, residentBytes());
			await sleep(50);
		}
	})();
	const { data } = await rest.runWorkflow(workflowId, 'Run');
	isRunning = false;
	await watch;
	expect(data.resultData.error?.message).toBeUndefined();
	const [item] = itemsOf(data, node);
	return { item, grownMb: Math.round((most - before) / MB) };
}

const binaryOf = ({ binary }: OutputItem) => (binary as Record<'data', { id: string }>).data;

test('a 200 MB video goes to the disk piece by piece', async () => {
	const { item: small } = await measured(download.id, 'Video');
	const answerWith = (size: string) => {
		const video = { url: `${String(small.json.url)}?size=${size}` };
		const body = JSON.stringify({ id: 'large', status: 'completed', video });
		const when = { method: 'POST', path: '/v2/video/generations' };
		n8n.sandbox.faults.set([{ when, do: { body } }]);
	};
	// By then Node has given the buffers of a transfer the room that they take from now on.
	answerWith('50mb');
	await measured(download.id, 'Video');

	answerWith('200mb');
	const { item, grownMb } = await measured(download.id, 'Video');
	process.stdout.write(`A 200 MB video came down: the n8n process grew by ${grownMb} MB\n`);
	expect(item.json).toMatchObject({ mimeType: 'video/mp4', fileSize: 200 * MB });
	expect(binaryOf(item).id).toMatch(/^filesystem/);
	expect(grownMb).toBeLessThan(60);
});

test('a 25 MB recording goes up piece by piece', async () => {
	await measured(uploadSmall.id, 'Transcribe');
	n8n.sandbox.requestLog.clear();

	const { item, grownMb } = await measured(uploadLarge.id, 'Transcribe');
	process.stdout.write(`A 25 MB recording went up: the n8n process grew by ${grownMb} MB\n`);
	expect(item.json.text).toMatch(/what was said/);
	const sent = n8n.sandbox.requestLog.calls.find(({ path }) => path === '/v1/stt/create')!;
	expect(Object.values(sent.body as object)).toContainEqual(
		expect.objectContaining({ size: 25 * MB }),
	);
	expect(grownMb).toBeLessThan(60);
});
