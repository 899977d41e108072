import { withGrowth } from '../../harness/residentMemory';
import { itemsOf } from '../../harness/runData';
import { download, upload } from '../../harness/workflows/largeFiles';
import type { Workflow } from '../../harness/workflows/workflow';
import { markdownTable } from '../../test/simulation/markdown';
import { httpRequest, ours } from '../candidates';
import { ANSWER_BYTES, measureGrownBytes } from '../longAnswers';
import { withBenchN8n, type BenchN8n } from '../benchN8n';
import { inTurns, summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 5;
const ITEMS = 2000;
const MB = 1_000_000;

const OURS = `${ITEMS} items with answers of 20 KB, this package`;
const HTTP = `${ITEMS} items with answers of 20 KB, HTTP Request`;
const DOWN = 'a file of 200 MB down';
const UP = 'a file of 25 MB up';

const workflowsOf = (url: string): Record<string, Workflow> => ({
	[OURS]: ours()('memoryOurs000001', ITEMS, url),
	[HTTP]: httpRequest('memoryHttp000001', ITEMS, url),
	[DOWN]: download('memoryDown000001'),
	[UP]: upload('memoryUp00000001', '25mb'),
});

/** Growth of n8n's memory in MB. */
const measureItems = async (n8n: BenchN8n, workflow: Workflow): Promise<number> =>
	(await measureGrownBytes(n8n, workflow, ITEMS)) / MB;

/** Growth of n8n's memory in MB. @throws Error if the workflow fails */
async function measureFile({ rest, server }: BenchN8n, { id }: Workflow): Promise<number> {
	const { result, grownBytes } = await withGrowth(
		server.pid,
		async () => await rest.runWorkflow(id, 'Run'),
	);
	if (result.status !== 'success') throw new Error(result.data.resultData.error?.message);
	return grownBytes / MB;
}

/** Makes the sandbox offer a video of 200 MB. */
async function offerLargeVideo({ rest, sandbox }: BenchN8n, { id }: Workflow): Promise<void> {
	const { data } = await rest.runWorkflow(id, 'Run');
	const url = `${String(itemsOf(data, 'Video')[0].json.url)}?size=200mb`;
	const body = JSON.stringify({ id: 'large', status: 'completed', video: { url } });
	const when = { method: 'POST', path: '/v2/video/generations' };
	sandbox.faults.set([{ when, do: { body } }]);
}

async function measure(): Promise<string> {
	return await withBenchN8n(
		(url) => Object.values(workflowsOf(url)),
		async (n8n) => {
			const workflows = workflowsOf(n8n.sandbox.url);
			const items = await inTurns([OURS, HTTP], ROUNDS, async (name) =>
				measureItems(n8n, workflows[name]),
			);
			await offerLargeVideo(n8n, workflows[DOWN]);
			// The first transfers make Node allocate buffers that it keeps.
			await measureFile(n8n, workflows[DOWN]);
			await measureFile(n8n, workflows[UP]);
			const files = await inTurns([DOWN, UP], ROUNDS, async (name) =>
				measureFile(n8n, workflows[name]),
			);
			return [
				markdownTable([
					['', 'growth of n8n, MB'],
					...Object.entries({ ...items, ...files }).map(([name, values]) => [
						name,
						toText(summarize(values)),
					]),
				]),
				`For items, memory in use after garbage collection; for files, memory of the process. Medians of ${ROUNDS}. ${ITEMS} answers of 20 KB are ${(ITEMS * ANSWER_BYTES) / MB} MB, which n8n holds in any case.`,
			].join('\n\n');
		},
		{ measuresMemory: true },
	);
}

/** The memory that n8n needs for many items and for large files. */
export const memory: Section = { name: 'memory', title: 'Memory', measure };
