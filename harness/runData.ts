/** One item as a node of n8n puts it out. */
export interface OutputItem {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
}

/** One run of one node. */
export interface NodeRun {
	startTime: number;
	/** Milliseconds. */
	executionTime: number;
	executionStatus?: string;
	error?: { message: string; description?: string | null };
	data?: { main: Array<OutputItem[] | null> };
}

/** What an execution left behind, by the names of its nodes. */
export interface RunData {
	resultData: {
		runData: Record<string, NodeRun[]>;
		error?: { message: string };
	};
}

/** The items of one output of a node's first run; empty where the node did not run. */
export const itemsOf = (run: RunData, node: string, output = 0): OutputItem[] =>
	run.resultData.runData[node]?.[0]?.data?.main[output] ?? [];

/**
 * Reads the form in which n8n hands out run data: a list whose first entry is the value, and where
 * every text inside an entry is the index of the entry that stands in its place.
 */
export function unflatten(text: string): unknown {
	const entries = JSON.parse(text) as unknown[];
	const made = new Map<unknown, unknown>();
	const resolve = (value: unknown): unknown =>
		typeof value === 'string' ? make(entries[Number(value)]) : value;
	const make = (entry: unknown): unknown => {
		if (typeof entry !== 'object' || entry === null) return entry;
		if (made.has(entry)) return made.get(entry);
		const copy: unknown[] | Record<string, unknown> = Array.isArray(entry) ? [] : {};
		made.set(entry, copy);
		for (const [key, value] of Object.entries(entry))
			Object.assign(copy, { [key]: resolve(value) });
		return copy;
	};
	return make(entries[0]);
}
