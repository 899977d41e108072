/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import { preparedN8n } from '../../harness/preparedN8n';
import { withGrowth } from '../../harness/residentMemory';
import { itemsOf, type OutputItem } from '../../harness/runData';
import { download as downloadOf, upload } from '../../harness/workflows/largeFiles';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(300_000);

const MB = 1024 ** 2;
const download = downloadOf('large00000000001');
const uploadSmall = upload('large00000000002', '1mb');
const uploadLarge = upload('large00000000003', '25mb');

const n8n = useN8n(async () => await preparedN8n([download, uploadSmall, uploadLarge]));

/** Runs a workflow; returns the output of a node, and by how much the n8n process grew meanwhile. */
async function measured(workflowId: string, node: string) {
	const { result, grownBytes } = await withGrowth(
		n8n.server.pid,
		async () => await n8n.rest.runWorkflow(workflowId),
	);
	const [item] = itemsOf(expectSuccess(result), node);
	return { item, grownMb: Math.round(grownBytes / MB) };
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
	// The first transfers make Node allocate buffers that it keeps.
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
