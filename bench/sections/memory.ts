import type { RunningN8n } from '../../harness/n8nProcess';
import { withGrowth } from '../../harness/residentMemory';
import { itemsOf } from '../../harness/runData';
import { download, upload } from '../../harness/workflows/largeFiles';
import type { Workflow } from '../../harness/workflows/workflow';
import { markdownTable } from '../../test/simulation/markdown';
import { httpRequest, ours } from '../candidates';
import { ANSWER_BYTES, grownBytes } from '../longAnswers';
import { onStage, type Stage } from '../stage';
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

const itemsMegabytes = async (stage: Stage, workflow: Workflow): Promise<number> =>
	(await grownBytes(stage, workflow, ITEMS)) / MB;

async function fileMegabytes(
	{ rest, server }: { rest: Stage['rest']; server: RunningN8n },
	{ id }: Workflow,
): Promise<number> {
	const { result, grownBytes } = await withGrowth(
		server.pid,
		async () => await rest.runWorkflow(id, 'Run'),
	);
	if (result.status !== 'success') throw new Error(result.data.resultData.error?.message);
	return grownBytes / MB;
}

/** Lets the next video be one of 200 MB. */
async function offerLargeVideo({ rest, sandbox }: Stage, { id }: Workflow): Promise<void> {
	const { data } = await rest.runWorkflow(id, 'Run');
	const url = `${String(itemsOf(data, 'Video')[0].json.url)}?size=200mb`;
	const body = JSON.stringify({ id: 'large', status: 'completed', video: { url } });
	const when = { method: 'POST', path: '/v2/video/generations' };
	sandbox.faults.set([{ when, do: { body } }]);
}

async function measure(): Promise<string> {
	return await onStage(
		(url) => Object.values(workflowsOf(url)),
		async (stage) => {
			const workflows = workflowsOf(stage.sandbox.url);
			const items = await inTurns([OURS, HTTP], ROUNDS, async (name) =>
				itemsMegabytes(stage, workflows[name]),
			);
			await offerLargeVideo(stage, workflows[DOWN]);
			// The first of each allocates buffers that stay.
			await fileMegabytes(stage, workflows[DOWN]);
			await fileMegabytes(stage, workflows[UP]);
			const files = await inTurns([DOWN, UP], ROUNDS, async (name) =>
				fileMegabytes(stage, workflows[name]),
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
