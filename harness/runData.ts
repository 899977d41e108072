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
