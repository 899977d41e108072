import { rounded, tokenBucket } from './limits';
import { simulate, thisPackage } from './simulate';

const PER_SECOND = 50;
const ITEMS_OF_ALL = 3000;
const PARALLEL = 10;
const ANSWER_MS = 500;
const STOP_AFTER_SECONDS = 3600;

const PROCESSES = [1, 2, 5, 10, 30, 100, 300, 1000];

export interface ProcessesRow {
	processes: number;
	/** Delivered items, of the same total in each row. */
	delivered: number;
	/** Wall time over the ideal. */
	ratio: number;
	/** Refused requests per item. */
	refused: number;
}

/** Simulates the same items in more and more processes, which share an account without knowing it. */
export async function simulateProcesses(): Promise<ProcessesRow[]> {
	const rows: ProcessesRow[] = [];
	for (const processes of PROCESSES) rows.push(await withProcesses(processes));
	return rows;
}

async function withProcesses(processes: number): Promise<ProcessesRow> {
	const items = ITEMS_OF_ALL / processes;
	const load = { items, answerMs: ANSWER_MS, parallel: PARALLEL, runs: processes, processes };
	const limitOf = () => tokenBucket(PER_SECOND, PER_SECOND, rounded);
	const { seconds, refused, failed } = await simulate(
		limitOf,
		load,
		thisPackage,
		1,
		STOP_AFTER_SECONDS,
	);
	// Few processes are limited by their 'Items in Parallel' instead.
	const perSecond = Math.min(PER_SECOND, (processes * PARALLEL * 1000) / ANSWER_MS);
	const ideal = (ITEMS_OF_ALL - PER_SECOND) / perSecond + ANSWER_MS / 1000;
	return {
		processes,
		delivered: ITEMS_OF_ALL - failed,
		ratio: seconds / ideal,
		refused: refused / ITEMS_OF_ALL,
	};
}
