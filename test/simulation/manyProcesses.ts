import { rounded, tokenBucket } from './limits';
import { simulate, thisPackage } from './simulate';

const PER_SECOND = 50;
const ITEMS_OF_ALL = 3000;
const PARALLEL = 10;
const ANSWER_MS = 500;
const STOP_AFTER = 3600;

export const PROCESSES = [1, 2, 5, 10, 30, 100, 300, 1000];

export interface ProcessesRow {
	processes: number;
	/** Of all items, as many as in the other rows. */
	delivered: number;
	/** Wall time over the ideal. */
	ratio: number;
	/** Refused requests per item. */
	refused: number;
}

/** The same items over more and more processes that share one account and know nothing of each other. */
export async function simulateProcesses(): Promise<ProcessesRow[]> {
	const rows: ProcessesRow[] = [];
	for (const processes of PROCESSES) rows.push(await withProcesses(processes));
	return rows;
}

async function withProcesses(processes: number): Promise<ProcessesRow> {
	const items = ITEMS_OF_ALL / processes;
	const load = { items, answerMs: ANSWER_MS, parallel: PARALLEL, runs: processes, processes };
	const limitOf = () => tokenBucket(PER_SECOND, PER_SECOND, rounded);
	const { seconds, refused, failed } = await simulate(limitOf, load, thisPackage, 1, STOP_AFTER);
	// With few processes it is their 'Items in Parallel' that bounds them.
	const perSecond = Math.min(PER_SECOND, (processes * PARALLEL * 1000) / ANSWER_MS);
	const ideal = (ITEMS_OF_ALL - PER_SECOND) / perSecond + ANSWER_MS / 1000;
	return {
		processes,
		delivered: ITEMS_OF_ALL - failed,
		ratio: seconds / ideal,
		refused: refused / ITEMS_OF_ALL,
	};
}
