import { markdownTable } from '../../test/simulation/markdown';
import { ours } from '../candidates';
import { ANSWER_BYTES, measureGrownBytes } from '../longAnswers';
import { withBenchN8n } from '../benchN8n';
import { inTurns, summarize, toText, type Summary } from '../statistics';
import type { Section } from './section';

const ROUNDS = 5;
const SIZES = [10, 100, 1000, 5000];
const LATENCY_MS = 100;
const PARALLEL = 10;

const idOf = (items: number) => `growth${String(items).padStart(10, '0')}`;
const workflows = SIZES.map((items) => ours()(idOf(items), items, ''));
const workflowOf = (items: number) => workflows[SIZES.indexOf(items)];

/** Summaries of repeated measurements, one for each of `SIZES`, after a warm-up run. */
async function bySize(measureOne: (items: number) => Promise<number>): Promise<Summary[]> {
	await measureOne(100);
	const values = await inTurns(SIZES, ROUNDS, measureOne);
	return SIZES.map((items) => summarize(values[items]));
}

/** Wall time divided by the least that the answers take. */
const measureTimeOverIdeal = async () =>
	await withBenchN8n(
		() => workflows,
		async (n8n) => {
			n8n.sandbox.setLatency(LATENCY_MS);
			return await bySize(async (items) => {
				n8n.sandbox.requestLog.clear();
				const { seconds } = await n8n.run(workflowOf(items), items);
				return seconds / (((items / PARALLEL) * LATENCY_MS) / 1000);
			});
		},
	);

const measureKilobytesPerItem = async () =>
	await withBenchN8n(
		() => workflows,
		async (n8n) =>
			await bySize(
				async (items) => (await measureGrownBytes(n8n, workflowOf(items), items)) / items / 1000,
			),
		{ measuresMemory: true },
	);

async function measure(): Promise<string> {
	const times = await measureTimeOverIdeal();
	const memory = await measureKilobytesPerItem();
	return [
		markdownTable([
			['items', 'wall time over ideal', 'memory of an item, KB'],
			...SIZES.map((items, index) => [
				String(items),
				toText(times[index], 2),
				toText(memory[index]),
			]),
		]),
		`Wall time with answers after ${LATENCY_MS} ms and ${PARALLEL} items in parallel; memory in use after garbage collection, with answers of ${ANSWER_BYTES / 1000} KB. Medians of ${ROUNDS} runs that took turns. What grew worse than linearly would rise from row to row; see [CPU time](#cpu-time-and-growth) for the CPU time of an item, and [rate limits](rate-limits.md) for limits.`,
	].join('\n\n');
}

/** Wall time and memory per item, for more and more items. */
export const growth: Section = { name: 'growth', title: 'Growth of time and memory', measure };
